"""The page docs/deployed-templates.md: one row for each template that was there and back, and of which graph.

A row ends with the fingerprint of the resource graph that was deployed. When a template, a component type or
an expansion makes another graph of it, the row tells of something that nobody has seen.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from deployer.domain.kinds import MANAGED_DATABASES, SHARED_FILES, facts_of
from designer.domain.resources import EXTERNAL, to_json
from tests.shipped_templates import design_of

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "deployed-templates.md"
STAGES = ("deployed", "verified", "updated", "rolled back", "destroyed", "residue")
NOT_YET = "not yet"
COMMAND = "make deployed-templates"
# What the practice cloud's first region does not have; a design is built another way without it.
LACKING = frozenset({MANAGED_DATABASES, SHARED_FILES})

INTRODUCTION = f"""# Deployed templates

The fifteen reference architectures in their hardened form, deployed to the practice cloud, looked at, changed, led
back to their first revision and destroyed. A test does this through the API of the running product and writes this
page (`tests/cloud/test_fifteen_templates.py`). A row is written when its template went all the way; "not yet" says
that nobody has seen that.

What stands in the cloud is read with openstacksdk alone and compared with `tests/cloud/expected_templates.yaml`:
networks, routers, servers with their flavors and zones, groups with policies and alarms, volumes, balancers with
their members, public addresses, DNS records and containers, told by hand from the drawings, and every rule of every
security group, read off the arrows one by one. The update says its kind; what came and went is counted by the
cloud's own ids, and what was done to the servers that stayed is read in Nova's record of their actions, so that
nothing else was touched. Back at the first revision the next plan has nothing to do. After the removal the project
has what it had before.

`{COMMAND}` sends all fifteen (`ONLY="osc-net or rax-basic"` some of them), and needs `make practice-cloud`. Two
travel in every `make test`. The last column is the fingerprint of the resource graph that was deployed: when a
change gives a template another graph, a test asks for that command.

"""  # noqa: E501  the lines of a page are as long as they are


def row(template: str, cells: list[str]) -> str:
    return f"| {' | '.join([f'`{template}`', *cells, f'`{fingerprint(template)}`'])} |"


def unseen_row(template: str) -> str:
    return f"| {' | '.join([f'`{template}`', *[NOT_YET] * (len(STAGES) + 1)])} |"


def rows_of(page: str) -> dict[str, str]:
    """By template."""
    return {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `")}


def page_with(rows: Mapping[str, str]) -> str:
    names = ["template", *STAGES, "graph"]
    heading = [f"| {' | '.join(names)} |", f"| {' | '.join('---' for _ in names)} |"]
    return INTRODUCTION + "\n".join([*heading, *(rows[one] for one in sorted(rows))]) + "\n"


@cache
def fingerprint(template: str) -> str:
    """Of all that a cloud is asked for, in whatever order. What servers run is looked at elsewhere."""
    graph = design_of(template, "hardened").graph(without=LACKING)
    asked = [
        {name: value for name, value in one.items() if name not in ("note", "needs", "properties")}
        | {"properties": _noticed(one["kind"], one["properties"])}
        for one in sorted(to_json(graph), key=lambda one: str(one["key"]))
        if one["kind"] != EXTERNAL
    ]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:8]


def _noticed(kind: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    unseen = facts_of(kind).unseen | {"user_data"}
    return {name: _without_user_data(value) for name, value in properties.items() if name not in unseen}


def _without_user_data(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_user_data(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {name: _without_user_data(one) for name, one in value.items() if name != "user_data"}
