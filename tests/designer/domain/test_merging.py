"""A newer version of its template comes into a design without taking anybody's work away."""

import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.domain.merge_patches import merge_patch
from catalog.selectors import component_types
from designer.domain.document import DocumentInvalid, Json
from designer.domain.merging import MOVED, Change, Merge, merge
from designer.domain.parsing import parse_document

TYPES = component_types()
BASE: Json = {
    "format": 1,
    "settings": {"environment": "production", "admin_cidr": "203.0.113.0/24"},
    "components": {
        "net": {"type": "network", "properties": {"cidr": "10.0.0.0/16"}, "position": {"x": 0, "y": 0}},
        "sn": {"type": "subnet", "parent": "net", "properties": {"cidr": "10.0.1.0/24"}},
        "web": {
            "type": "web_server", "parent": "sn", "label": "Web", "position": {"x": 10, "y": 10},
            "properties": {"count": 2, "size": {"vcpus": 1, "ram_gib": 2, "disk_gib": 20}},
        },
        "db": {"type": "dbaas", "parent": "sn", "label": "Data", "properties": {"volume_gib": 50}},
        "eip": {"type": "floating_ip", "properties": {"bound_to": "web"}},
    },
    "links": {"web-db": {"source": "web", "target": "db", "kind": "traffic", "properties": {"port": 3306}}},
    "callouts": {"1": {"text": "The front.", "components": ["web"]}},
}  # fmt: skip


def changed(document: Json, **patch: Any) -> Json:
    return dict(merge_patch(copy.deepcopy(document), patch))


def web(**properties: Any) -> Json:
    return {"web": {"properties": properties}}


def merged(theirs: Json, mine: Json) -> Merge:
    return merge(BASE, theirs, mine, TYPES)


def only(merge_: Merge) -> Change:
    (change,) = merge_.changes
    return change


def test_what_only_the_template_changed_comes_in() -> None:
    theirs = changed(BASE, components=web(count=3), settings={"environment": "staging"})

    found = merged(theirs, changed(BASE, components={"db": {"label": "My data"}}))

    assert [(one.id, one.what, one.label, one.before, one.after) for one in found.changes] == [
        ("settings.environment", "changed", "Environment", "production", "staging"),
        ("components.web.properties.count", "changed", "Web: Count", 2, 3),
    ]
    document = found.document()
    assert document["components"]["web"]["properties"]["count"] == 3
    assert document["components"]["db"]["label"] == "My data"


def test_what_both_changed_stays_mine_unless_taken() -> None:
    found = merged(changed(BASE, components=web(count=3)), changed(BASE, components=web(count=5)))
    change = only(found)

    assert (change.conflict, change.before, change.after) == (True, 5, 3)
    assert found.patch() == {}
    assert found.patch([change.id]) == {"components": {"web": {"properties": {"count": 3}}}}


def test_the_same_change_on_both_sides_is_none() -> None:
    both = changed(BASE, components=web(count=3))

    assert merged(both, both).changes == ()


def test_what_the_template_added_comes_in_with_its_links() -> None:
    cache = {"type": "cache_server", "parent": "sn", "label": "Cache"}
    link = {"source": "web", "target": "cache", "kind": "traffic"}
    found = merged(changed(BASE, components={"cache": cache}, links={"web-cache": link}), BASE)

    assert [(one.id, one.what, one.label) for one in found.changes] == [
        ("components.cache", "added", "Cache"),
        ("links.web-cache", "added", "Web → Cache"),
    ]
    assert found.document()["links"]["web-cache"] == link


def test_what_the_template_removed_goes_unless_i_changed_it() -> None:
    theirs = changed(BASE, components={"db": None}, links={"web-db": None})

    gone = merged(theirs, BASE)
    assert "db" not in gone.document()["components"]
    kept = merged(theirs, changed(BASE, components={"db": {"label": "My data"}}))
    assert "db" in kept.document()["components"]
    assert {one.id: one.conflict for one in kept.changes} == {"components.db": True, "links.web-db": False}


def test_what_i_still_need_is_not_removed_without_asking() -> None:
    theirs = changed(BASE, components={"db": None}, links={"web-db": None})
    mine = changed(
        BASE,
        components={"app": {"type": "app_server", "parent": "sn", "label": "Mine"}},
        links={"app-db": {"source": "app", "target": "db", "kind": "traffic"}},
    )
    found = merged(theirs, mine)
    change = next(one for one in found.changes if one.id == "components.db")

    assert change.conflict
    assert "not in the design" in change.reason
    assert "app-db" in found.document()["links"]
    taken = found.document(["components.db"])
    assert "app-db" not in taken["links"]
    parse_document(taken, TYPES)


def test_a_property_that_names_what_is_removed_keeps_it() -> None:
    theirs = changed(BASE, components={"web": None, "eip": {"properties": {"bound_to": None}}},
                     links={"web-db": None})  # fmt: skip
    mine = changed(BASE, components={"eip": {"properties": {"bound_to": "web", "count": 2}}},
                   links={"web-db": None})  # fmt: skip
    mine["components"]["eip2"] = {"type": "floating_ip", "properties": {"bound_to": "web"}}

    found = merged(theirs, mine)

    assert {one.id for one in found.changes if one.conflict} == {"components.web"}
    parse_document(found.document(), TYPES)


def test_what_is_added_to_a_container_that_i_removed_waits_and_brings_it_back_when_taken() -> None:
    theirs = changed(BASE, components={"cache": {"type": "cache_server", "parent": "sn"}})
    mine = {"format": 1, "settings": BASE["settings"], "components": {}, "links": {}}

    found = merged(theirs, mine)

    assert only(found).conflict
    assert found.document()["components"] == {}
    assert found.document(["components.cache"])["components"].keys() == {"net", "sn", "cache"}


def test_what_i_removed_and_the_template_changed_is_a_conflict() -> None:
    mine = changed(BASE, components={"eip": None})
    found = merged(changed(BASE, components={"eip": {"properties": {"count": 2}}}), mine)

    assert (only(found).conflict, only(found).what) == (True, "added")
    assert "eip" in found.document(["components.eip"])["components"]


def test_what_i_moved_stays_and_the_rest_moves_as_one_change() -> None:
    theirs = changed(
        BASE,
        components={"net": {"position": {"x": 5, "y": 5}}, "web": {"position": {"x": 90, "y": 90}}},
    )
    found = merged(theirs, changed(BASE, components={"web": {"position": {"x": 1, "y": 2}}}))

    assert (only(found).id, only(found).label) == (MOVED, "Places of 1 component on the canvas")
    places = {id_: one.get("position") for id_, one in found.document()["components"].items()}
    assert (places["net"], places["web"]) == ({"x": 5, "y": 5}, {"x": 1, "y": 2})


def test_a_group_of_values_and_a_list_are_one_value_each() -> None:
    size = {"vcpus": 4, "ram_gib": 8, "disk_gib": 20}
    found = merged(changed(BASE, components=web(size=size)), changed(BASE, components=web(count=9)))

    assert only(found).id == "components.web.properties.size"
    assert found.document()["components"]["web"]["properties"] == {"count": 9, "size": size}


def test_callouts_merge_by_number() -> None:
    theirs = changed(BASE, callouts={"1": {"text": "New."}, "2": {"text": "Two.", "components": []}})
    found = merged(theirs, changed(BASE, callouts={"1": {"text": "Mine."}}))

    assert [(one.label, one.conflict) for one in found.changes] == [
        ("Callout 1: Text", True),
        ("Callout 2", False),
    ]


# --- Any edits on both sides ----------------------------------------------------------------------


@st.composite
def edited(draw: st.DrawFn) -> Json:
    """The base after some edits that leave it valid."""
    document = copy.deepcopy(BASE)
    for _ in range(draw(st.integers(0, 6))):
        tried = copy.deepcopy(document)
        components, links = tried["components"], tried["links"]
        id_ = draw(st.sampled_from([*sorted(BASE["components"]), "new1", "new2"]))
        match draw(st.sampled_from(["count", "label", "remove", "add", "unlink", "link", "move", "setting"])):
            case "count" if id_ in components:
                components[id_]["properties"] = {
                    **components[id_].get("properties", {}), "count": draw(st.integers(0, 9))
                }  # fmt: skip
            case "label" if id_ in components:
                components[id_]["label"] = draw(st.sampled_from(["A", "B", "C"]))
            case "remove":
                gone = {id_} | {one for one, entry in components.items() if entry.get("parent") == id_}
                tried["components"] = {one: entry for one, entry in components.items() if one not in gone}
                tried["links"] = {
                    one: entry
                    for one, entry in links.items()
                    if not {entry["source"], entry["target"]} & gone
                }
            case "add":
                new = draw(st.sampled_from(["new1", "new2"]))
                type_ = draw(st.sampled_from(["web_server", "app_server", "cache_server"]))
                components[new] = {"type": type_, "parent": "sn"}
            case "unlink":
                links.pop("web-db", None)
            case "link" if id_ in components and id_ != "web":
                kind = "attach" if draw(st.booleans()) else "traffic"
                links[f"web-{id_}-2"] = {"source": "web", "target": id_, "kind": kind}
            case "move" if id_ in components:
                components[id_]["position"] = {"x": draw(st.integers(0, 3)), "y": 0}
            case "setting":
                tried["settings"]["environment"] = draw(st.sampled_from(["production", "test"]))
        if is_valid(tried):
            document = tried
    return document


def is_valid(document: Json) -> bool:
    try:
        parse_document(document, TYPES)
    except DocumentInvalid:
        return False
    return True


many = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@many
@given(theirs=edited())
def test_without_changes_of_mine_the_merge_gives_theirs(theirs: Json) -> None:
    found = merged(theirs, BASE)

    assert not any(one.conflict for one in found.changes)
    assert parse_document(found.document(), TYPES) == parse_document(theirs, TYPES)


@many
@given(mine=edited())
def test_without_changes_of_theirs_the_merge_gives_mine(mine: Json) -> None:
    found = merged(BASE, mine)

    assert (found.changes, found.document(), found.patch()) == ((), mine, {})


@many
@given(theirs=edited(), mine=edited())
def test_a_merge_is_valid_and_merging_again_changes_nothing(theirs: Json, mine: Json) -> None:
    before = copy.deepcopy((theirs, mine))
    document = merged(theirs, mine).document()

    assert is_valid(document)
    assert merge(theirs, theirs, document, TYPES).changes == ()
    assert merge(BASE, theirs, document, TYPES).patch() == {}
    assert before == (theirs, mine)


@many
@given(theirs=edited(), mine=edited())
def test_the_patch_is_the_edit_that_leads_there(theirs: Json, mine: Json) -> None:
    found = merged(theirs, mine)

    assert merge_patch(mine, found.patch()) == found.document()


@many
@given(theirs=edited(), mine=edited(), data=st.data())
def test_a_taken_conflict_shows_the_template_s_value(theirs: Json, mine: Json, data: st.DataObject) -> None:
    conflicts = [one for one in merged(theirs, mine).changes if one.conflict]
    if not conflicts:
        return
    taken = data.draw(st.sampled_from(conflicts))
    value: Any = merged(theirs, mine).document([taken.id])
    for step in taken.at:
        value = (value or {}).get(step)

    assert value == taken.after


@pytest.mark.parametrize("part", ["components", "links", "callouts", "settings"])
def test_a_document_without_a_map_merges(part: str) -> None:
    bare: Json = {"format": 1, "components": {}, "links": {}}

    merge(BASE, bare, BASE, TYPES)
    merge(bare, BASE, bare, TYPES)
    assert is_valid(merge(bare, changed(BASE, **{part: {}}), bare, TYPES).document())
