"""People draw one thing after the other, so rules see designs that mean nothing yet."""

from collections.abc import Iterator
from typing import Any

import pytest

from catalog.domain.component_specs import CANVAS
from catalog.selectors import component_types, templates
from tests.designer.designs import Design
from tests.shipped_templates import design_of

FAILED = "This check could not run"


def alone(type_key: str) -> Iterator[Design]:
    """A component of the type in each sort of place where it may sit, with nothing else drawn."""
    for parent in component_types()[type_key].parents:
        yield from (place.with_("it", type_key, parent=id_) for id_, place in places(parent))


def places(type_key: str) -> Iterator[tuple[str | None, Design]]:
    if type_key == CANVAS:
        yield None, Design()
        return
    parent = component_types()[type_key].parents[0]
    for id_, place in places(parent):
        yield type_key, place.with_(type_key, type_key, parent=id_)


@pytest.mark.parametrize("type_key", sorted(component_types()))
def test_a_lone_component_is_judged_without_a_fault_of_ours(type_key: str) -> None:
    tried = list(alone(type_key))

    assert tried
    for design in tried:
        assert FAILED not in {finding.summary for finding in design.findings()}


def with_emptied(document: dict[str, Any], **emptied: Any) -> Design:
    return Design({**document, "callouts": {}, **emptied})


@pytest.mark.parametrize("key", sorted(templates()))
def test_a_template_without_its_links_or_its_words_is_still_judged(key: str) -> None:
    document = design_of(key).data
    bare = {id_: {**one, "properties": {}} for id_, one in document["components"].items()}

    for design in (with_emptied(document, links={}), with_emptied(document, components=bare)):
        assert FAILED not in {finding.summary for finding in design.findings()}


@pytest.mark.parametrize("key", sorted(templates()))
def test_a_template_is_judged_without_any_one_of_its_containers(key: str) -> None:
    """What was inside moves out to the canvas, if it may stand there, and goes otherwise."""
    document = design_of(key).data
    containers = {one["parent"] for one in document["components"].values() if one.get("parent")}

    for gone in sorted(containers):
        design = without(document, gone)
        assert FAILED not in {finding.summary for finding in design.findings()}


def without(document: dict[str, Any], gone: str) -> Design:
    kept: dict[str, Any] = {}
    lost = {gone}
    for _ in document["components"]:  # as often as containers can be nested
        for id_, one in document["components"].items():
            if one.get("parent") in lost and CANVAS not in component_types()[one["type"]].parents:
                lost.add(id_)
    for id_, one in document["components"].items():
        if id_ not in lost:
            kept[id_] = {**one, "parent": None if one.get("parent") in lost else one.get("parent")}
            kept[id_]["properties"] = {
                name: value for name, value in one.get("properties", {}).items() if not names(value, lost)
            }
    links = {
        id_: link
        for id_, link in document["links"].items()
        if link["source"] in kept and link["target"] in kept
    }
    return with_emptied(document, components=kept, links=links)


def names(value: Any, lost: set[str]) -> bool:
    if isinstance(value, dict):
        return any(names(one, lost) for one in value.values())
    return (
        value in lost
        if isinstance(value, str)
        else isinstance(value, list) and any(names(v, lost) for v in value)
    )
