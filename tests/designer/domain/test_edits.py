import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.domain.merge_patches import merge_patch
from catalog.selectors import component_types, templates
from designer.domain.document import Json
from designer.domain.edits import EditRefused, apply_edit, conflicts, inverse_patch

TYPES = component_types()


def basic_cloud() -> Json:
    return copy.deepcopy(dict(templates()["rax-basic"].document))


def reasons(patch: Any, document: Json | None = None) -> dict[str, str]:
    with pytest.raises(EditRefused) as refused:
        apply_edit(document or basic_cloud(), patch, TYPES)
    return {problem.at: problem.detail for problem in refused.value.problems}


# The 15 examples of RFC 7396, appendix A, in its order.
@pytest.mark.parametrize(
    ("original", "patch", "result"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "b"}, ["c"], ["c"]),
        ({"a": "foo"}, None, None),
        ({"a": "foo"}, "bar", "bar"),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_a_patch_merges_as_the_rfc_shows(original: Any, patch: Any, result: Any) -> None:
    before = copy.deepcopy(original)

    assert merge_patch(original, patch) == result
    assert original == before


SCALARS = st.booleans() | st.integers(-3, 3) | st.text("ab", max_size=2)
NAMES = st.sampled_from("abcd")
# Documents hold no null inside objects (a merge patch could not say it); lists keep theirs.
DOCUMENTS = st.recursive(
    SCALARS | st.lists(st.none() | SCALARS | st.just({"n": None}), max_size=2),
    lambda inner: st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=10,
)
PATCHES = st.recursive(
    st.none() | SCALARS | st.lists(st.none() | SCALARS, max_size=2),
    lambda inner: st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=10,
)


@given(before=DOCUMENTS, patch=PATCHES)
def test_undoing_any_patch_restores_any_document(before: Any, patch: Any) -> None:
    after = merge_patch(before, patch)

    assert merge_patch(after, inverse_patch(before, patch)) == before


@given(
    before=st.dictionaries(NAMES, DOCUMENTS, max_size=4), patch=st.dictionaries(NAMES, PATCHES, max_size=4)
)
def test_redoing_what_was_undone_gives_the_same_again(before: Json, patch: Json) -> None:
    after = merge_patch(before, patch)
    undo = inverse_patch(before, patch)

    assert merge_patch(merge_patch(after, undo), inverse_patch(after, undo)) == after


@given(
    before=st.dictionaries(NAMES, DOCUMENTS, max_size=4), patch=st.dictionaries(NAMES, PATCHES, max_size=4)
)
def test_undoing_leaves_alone_what_the_patch_did_not_touch(before: Json, patch: Json) -> None:
    undo = inverse_patch(before, patch)
    untouched = dict.fromkeys("efgh", "later")

    assert undo.keys() <= patch.keys()
    assert merge_patch(merge_patch({**before, **untouched}, patch), undo) == {**before, **untouched}


def test_the_inverse_of_deleting_a_map_brings_all_of_it_back() -> None:
    before = {
        "components": {"web": {"type": "web_server", "properties": {"count": 2}}, "db": {"type": "dbaas"}}
    }

    assert inverse_patch(before, {"components": {"web": None}}) == {
        "components": {"web": {"type": "web_server", "properties": {"count": 2}}}
    }


def test_the_inverse_of_a_scalar_that_became_a_map_is_the_scalar() -> None:
    assert inverse_patch({"a": 1}, {"a": {"b": 2}}) == {"a": 1}


def test_the_inverse_says_nothing_where_the_patch_changes_nothing_that_exists() -> None:
    assert inverse_patch({"a": {"b": 1}}, {"c": None, "a": {"x": None}}) == {}


def test_a_second_web_server_is_one_edit() -> None:
    before = basic_cloud()
    patch = {
        "components": {"web2": {"type": "web_server", "parent": "sn", "position": {"x": 24, "y": 192}}},
        "links": {"lb-web2": {"source": "lb", "target": "web2", "kind": "traffic"}},
    }

    after = apply_edit(before, patch, TYPES)

    assert after["components"]["web2"]["type"] == "web_server"
    assert before == basic_cloud()
    assert apply_edit(after, inverse_patch(before, patch), TYPES) == before


def test_a_refused_edit_changes_nothing() -> None:
    before = basic_cloud()

    assert reasons({"components": {"web": {"properties": {"count": -1}}}}, before) == {
        "components.web.properties.count": "Count is 0 servers or more, not -1."
    }
    assert before == basic_cloud()


@pytest.mark.parametrize("patch", [None, [], 3, "x", True])
def test_an_edit_is_an_object(patch: Any) -> None:
    assert "An edit is a JSON object" in reasons(patch)[""]


def test_an_edit_that_replaces_the_whole_document_by_nothing_is_refused() -> None:
    assert "format" in reasons(dict.fromkeys(basic_cloud()))


def test_a_container_is_not_deleted_over_the_heads_of_its_children() -> None:
    assert reasons({"components": {"sn": None}}) == {
        "components.sn": '"Service subnet" still holds "Cloud Load Balancer", "Web instance cloud server", '
        '"Potential growth servers", "Cloud Databases (MySQL)". Move or delete them in the same edit.'
    }


def test_a_component_is_not_deleted_while_links_end_at_it() -> None:
    assert reasons({"components": {"db": None}}) == {
        "components.db": 'Links still end at "Cloud Databases (MySQL)": web-db, grow-db. '
        "Delete them in the same edit."
    }


def test_a_component_is_not_deleted_while_another_is_bound_to_it() -> None:
    document = copy.deepcopy(dict(templates()["osc-net"].document))
    gone = {
        name: None for name, link in document["links"].items() if "ngx" in (link["source"], link["target"])
    }

    assert reasons({"components": {"ngx": None}, "links": gone}, document) == {
        "components.eip.properties.bound_to": 'Bound to names "ngx", which is not in the design.'
    }


def test_a_component_goes_together_with_what_hangs_on_it() -> None:
    patch = {
        "components": {"grow": None},
        "links": {"lb-grow": None, "grow-db": None},
        "callouts": {"4": None},
    }

    after = apply_edit(basic_cloud(), patch, TYPES)

    assert "grow" not in after["components"]


def test_many_children_are_counted_rather_than_listed() -> None:
    document = basic_cloud()
    document["components"] |= {f"w{number}": {"type": "server", "parent": "sn"} for number in range(40)}

    assert reasons({"components": {"sn": None}}, document)["components.sn"].endswith(
        "and 39 more. Move or delete them in the same edit."
    )


def test_a_patch_nested_without_end_is_refused() -> None:
    patch: Json = {}
    for _ in range(50_000):
        patch = {"components": patch}

    assert reasons(patch) == {"components.components.components": "Values are nested 16 levels deep at most."}


def test_a_patch_of_a_hundred_thousand_components_is_refused() -> None:
    patch = {"components": {f"c{number}": {"type": "server", "parent": "sn"} for number in range(100_000)}}

    assert any(detail.startswith("A document has 5,000 components") for detail in reasons(patch).values())


@pytest.mark.parametrize(
    ("undo", "later", "found"),
    [
        # somebody else's property of the same component
        (
            {"components": {"web": {"label": "A"}}},
            [{"components": {"web": {"properties": {"count": 2}}}}],
            [],
        ),
        # the very same place
        (
            {"components": {"web": {"label": "A"}}},
            [{"components": {"web": {"label": "B"}}}],
            ["components.web.label"],
        ),
        # what would be restored was deleted since
        ({"components": {"web": {"label": "A"}}}, [{"components": {"web": None}}], ["components.web.label"]),
        # what would be deleted was worked on since
        ({"components": {"web": None}}, [{"components": {"web": {"label": "B"}}}], ["components.web"]),
        # only the second of several later edits matters
        (
            {"links": {"l1": None}, "components": {"web": {"label": "A"}}},
            [{"components": {"db": {"label": "B"}}}, {"links": {"l1": {"style": "dashed"}}}],
            ["links.l1"],
        ),
        # an empty object changes nothing of what is there
        ({"components": {"web": {"label": "A"}}}, [{"components": {"web": {"properties": {}}}}], []),
        ({"components": {"web": {"label": "A"}}}, [{"components": {}}], []),
        ({"components": {"web": {"label": "A"}}}, [], []),
        ({}, [{"components": {"web": None}}], []),
    ],
)
def test_an_undo_knows_what_was_changed_since(undo: Json, later: list[Json], found: list[str]) -> None:
    assert conflicts(undo, later) == found
