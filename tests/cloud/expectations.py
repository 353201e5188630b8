"""What is expected of each hardened template, read from expected_templates.yaml."""

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.cloud.figures import Figures, count_of
from tests.cloud.traces import Touches

FILE = Path(__file__).parent / "expected_templates.yaml"
HOME = "RegionOne"  # where a template of one region stands


@dataclass(frozen=True)
class Template:
    """`stands` and `changes` are by region, and so is `arrows`: which arrows let what in."""

    key: str
    stands: Mapping[str, Figures]
    arrows: Mapping[str, Mapping[str, list[str]]]
    kind: str
    says: str
    edit: Mapping[str, Any]
    touches: Touches
    back: Touches | None = None
    changes: Mapping[str, Figures] = field(default_factory=dict)
    choice: Mapping[str, Any] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def facts_in_words(self) -> str:
        return f"{sum(map(count_of, self.stands.values()))} facts"

    @property
    def update_in_words(self) -> str:
        return f"{self.kind}: {self.says}"

    def at(self, domain: str) -> "Template":
        """The same with a domain of its own, where it has one: a cloud has each name once for everybody."""
        if "domain" not in self.parameters:
            return self
        drawn = str(self.parameters["domain"])

        def renamed(said: Any) -> Any:
            return json.loads(json.dumps(said).replace(drawn, domain))

        new = {name: renamed(getattr(self, name)) for name in ("stands", "changes", "parameters")}
        return replace(self, **new)

    def updated(self) -> dict[str, Figures]:
        """Topics of labels take the new words, topics of lists lose and gain lines."""
        merged = {region: deepcopy(dict(figures)) for region, figures in self.stands.items()}
        for region, changes in self.changes.items():
            for topic, new in changes.items():
                if topic == "open":
                    kept = [line for line in merged[region]["open"] if line not in new.get("less", ())]
                    merged[region]["open"] = sorted([*kept, *new.get("more", ())])
                else:
                    merged[region][topic] = {**merged[region].get(topic, {}), **new}
        return merged


@cache
def templates() -> dict[str, Template]:
    said = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {key: _read(key, one) for key, one in said.items()}


def _read(key: str, said: Mapping[str, Any]) -> Template:
    update = said["update"]
    stands = _by_region(said["stands"])
    arrows = {
        region: {name: [rules] if isinstance(rules, str) else rules for name, rules in one["open"].items()}
        for region, one in stands.items()
    }
    opened = {
        region: sorted(rule for rules in one.values() for rule in rules) for region, one in arrows.items()
    }
    return Template(
        key=key,
        stands={region: {**one, "open": opened[region]} for region, one in stands.items()},
        arrows=arrows,
        kind=update["kind"],
        says=update["says"],
        edit=update["edit"],
        touches=update["touches"],
        back=update.get("back"),
        changes=_by_region(update["changes"]),
        choice=said.get("choice", {}),
        parameters=said.get("parameters", {}),
    )


def _by_region(said: Mapping[str, Any]) -> Mapping[str, Any]:
    return said if all(name.startswith("Region") for name in said) else {HOME: said}
