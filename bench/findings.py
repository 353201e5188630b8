"""How long a review by all rules takes in process, and that it grows no faster than the design."""

import time
from collections.abc import Callable
from typing import Any

from catalog.domain.templates import build_document
from catalog.selectors import component_types, templates
from designer.domain.expansion import expand
from designer.domain.parsing import parse_document
from designer.domain.rules import RULES, review

BUDGET_MS = 200  # for 1,000 components
SIZES = (10, 100, 1000)
ROUNDS = 5
SETTINGS = {"environment": "production"}
NO_REFERENCES = frozenset(
    {"type", "kind", "tool", "software", "engine", "label"}
)  # words that may look like ids
Json = dict[str, Any]


def run() -> bool:
    """Print the best of a few rounds (slower ones measure the neighbours). True when within the budget."""
    types = component_types()
    within = True
    for name, draw in DRAWINGS.items():
        for components in SIZES:
            document = parse_document(draw(components), types)
            graph = expand(document, types)
            took = min(_milliseconds(lambda: review(document, graph, types)) for _ in range(ROUNDS))  # noqa: B023
            findings = len(review(document, graph, types))
            budget = BUDGET_MS if components == SIZES[-1] else None
            verdict = (
                "" if budget is None else f"  budget {budget} ms: {'met' if took <= budget else 'MISSED'}"
            )
            within = within and (budget is None or took <= budget)
            print(
                f"findings  {name:24} {len(document.components):5} components  {len(graph):6} resources  "
                f"{findings:5} findings of {len(RULES)} rules  {took:8.2f} ms{verdict}"
            )
    return within


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def all_templates(components: int) -> Json:
    """Every reference architecture as published, again and again under other names."""
    document: Json = {"format": 1, "settings": SETTINGS, "components": {}, "links": {}}
    published = [build_document(template) for template in templates().values()]
    turn = 0
    while len(document["components"]) < components:
        copy = _renamed(published[turn % len(published)], f"c{turn}-")
        for part in ("components", "links"):
            document[part].update(copy[part])
        turn += 1
    return document


def _renamed(document: Json, prefix: str) -> Json:
    ids = document["components"].keys()

    def renamed(value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: renamed(inner, key) for key, inner in value.items()}
        if isinstance(value, list):
            return [renamed(inner, name) for inner in value]
        return (
            f"{prefix}{value}"
            if isinstance(value, str) and value in ids and name not in NO_REFERENCES
            else value
        )

    return {
        part: {f"{prefix}{id_}": renamed(entry) for id_, entry in document[part].items()}
        for part in ("components", "links")
    }


def one_network(components: int) -> Json:
    """A balancer before web servers of one subnet, each with its own volume, all on one database."""
    placed: Json = {
        "www": {"type": "internet"},
        "net": {"type": "network", "properties": {"cidr": "10.0.0.0/16"}},
        "sn": {"type": "subnet", "parent": "net", "properties": {"cidr": "10.0.0.0/18"}},
        "lb": {"type": "load_balancer", "parent": "sn"},
        "db": {"type": "db_server", "parent": "sn"},
        "group": {"type": "security_group", "parent": "net"},
    }
    links: Json = {"www-lb": {"source": "www", "target": "lb", "kind": "traffic"}}
    for number in range((components - len(placed)) // 2):
        web, volume = f"web{number}", f"vol{number}"
        placed[web] = {"type": "web_server", "parent": "sn"}
        placed[volume] = {"type": "volume", "parent": "sn"}
        links[f"lb-{web}"] = {"source": "lb", "target": web, "kind": "traffic"}
        links[f"{web}-db"] = {"source": web, "target": "db", "kind": "traffic"}
        links[f"{web}-{volume}"] = {"source": web, "target": volume, "kind": "attach"}
    return {"format": 1, "settings": SETTINGS, "components": placed, "links": links}


DRAWINGS = {"all templates": all_templates, "one network": one_network}
