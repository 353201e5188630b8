"""The table of links, tried where people meet it: in edits of a design."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml
from django.conf import settings
from rest_framework.test import APIClient

from catalog.domain.component_specs import CANVAS
from catalog.domain.link_rules import LINK_KINDS
from catalog.selectors import DATA, shipped_component_types

pytestmark = pytest.mark.django_db

TYPES = shipped_component_types()
TABLE = yaml.safe_load((DATA / "links.yaml").read_text())
REFERENCE = yaml.safe_load((settings.BASE_DIR / "tests/catalog/reference_links.yaml").read_text())
Rows = Mapping[str, list[Mapping[str, list[str]]]]
Triple = tuple[str, str, str]  # source type, link kind, target type


def triples(rows: Rows) -> set[Triple]:
    return {
        (source, kind, target)
        for kind, some in rows.items()
        for row in some
        for source in row["from"]
        for target in row["to"]
    }


ALLOWED = triples(TABLE)


def one_of_each() -> dict[str, Any]:
    """Two components of every type, each in the first of the places that it may have."""
    components: dict[str, Any] = {}
    for key, component_type in TYPES.items():
        place = component_type.parents[0]
        for id_ in (key, f"other_{key}"):
            components[id_] = {"type": key, "parent": None if place == CANVAS else place}
    return components


def link(triple: Triple) -> dict[str, str]:
    source, kind, target = triple
    return {"source": source, "target": f"other_{target}", "kind": kind}


@pytest.fixture
def address(api: APIClient) -> str:
    """Where a design that holds every type takes its edits."""
    design = api.post("/api/designs/", {"name": "All"}, format="json").json()
    address = f"/api/designs/{design['id']}/document/"
    assert api.patch(address, {"components": one_of_each()}, format="json").status_code == 200
    return address


def test_every_listed_link_is_accepted(api: APIClient, address: str) -> None:
    links = {f"l{number}": link(one) for number, one in enumerate(sorted(ALLOWED))}

    answer = api.patch(address, {"links": links}, format="json")

    assert answer.status_code == 200, answer.json()
    assert len(links) > 600


def test_every_link_of_the_reference_is_accepted(api: APIClient, address: str) -> None:
    drawn = [one.split() for some in REFERENCE["drawn"].values() for one in some]
    wanted = triples(REFERENCE["allowed"]) | {(source, kind, target) for source, kind, target in drawn}
    links = {f"l{number}": link(one) for number, one in enumerate(sorted(wanted))}

    answer = api.patch(address, {"links": links}, format="json")

    assert answer.status_code == 200, answer.json()
    assert len(drawn) == 218
    assert wanted == ALLOWED


def unlisted_from(source: str) -> Iterator[Triple]:
    for kind in LINK_KINDS:
        for target in TYPES:
            if (source, kind, target) not in ALLOWED:
                yield source, kind, target


@pytest.mark.parametrize("source", TYPES)
def test_every_unlisted_link_is_refused_with_a_reason_and_a_way_out(
    api: APIClient, address: str, source: str
) -> None:
    wrong = {f"l{number}": one for number, one in enumerate(unlisted_from(source))}

    answer = api.patch(address, {"links": {id_: link(one) for id_, one in wrong.items()}}, format="json")

    assert answer.status_code == 409
    reasons = {one["at"]: one["detail"] for one in answer.json()["reasons"]}
    assert reasons.keys() == {f"links.{id_}" for id_ in wrong}
    for id_, (_, kind, target) in wrong.items():
        why, _, way_out = reasons[f"links.{id_}"].partition(f"{TYPES[target].noun}. ")
        assert why
        others = [other for other in LINK_KINDS if (source, other, target) in ALLOWED]
        if others:
            assert way_out == f"Use a link of kind {choice(others)} between them."
        elif (target, kind, source) in ALLOWED:
            assert way_out == "Draw the link the other way round."
        else:
            assert way_out.startswith(
                (
                    "Link ",
                    "Choose ",
                    "Draw it ",
                    "Put ",
                    "That is done by ",
                    "It can ",
                    "It takes ",
                    "It has no",
                )
            )
    assert api.get(address.removesuffix("document/")).json()["document"].get("links", {}) == {}


def choice(words: list[str]) -> str:
    *first, last = words[:3]
    return f"{', '.join(first)} or {last}" if first else last
