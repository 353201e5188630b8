"""Whether a plan that has waited may still be carried out."""

from dataclasses import replace

from deployer.domain.plan import Action, PlannedStep
from deployer.domain.renewal import beyond_approval, in_short
from designer.domain import resources as kind


def a_step(action: Action, key: str = "web/server[0]", **details: object) -> PlannedStep:
    step = PlannedStep(key, kind.SERVER, "web", key, action, "for some reason", properties={"name": "web"})
    return replace(step, **details)  # type: ignore[arg-type]


def test_what_another_deployment_has_done_already_falls_away() -> None:
    approved = [a_step(Action.CREATE), a_step(Action.CREATE, "web/server[1]")]

    assert not beyond_approval(approved, [a_step(Action.NOTHING), a_step(Action.CREATE, "web/server[1]")])


def test_what_was_to_be_created_may_be_changed_to_the_same() -> None:
    now = a_step(Action.UPDATE, changed=frozenset({"size"}))

    assert not beyond_approval([a_step(Action.CREATE)], [now])


def test_nothing_is_replaced_or_removed_that_nobody_approved() -> None:
    approved = [a_step(Action.CREATE), a_step(Action.NOTHING, "web/server[1]")]
    now = [a_step(Action.REPLACE), a_step(Action.DELETE, "web/server[1]")]

    assert beyond_approval(approved, now) == [
        "web/server[0] would be replaced (for some reason).",
        "web/server[1] would be removed (for some reason).",
    ]


def test_what_somebody_would_miss_most_is_named_first() -> None:
    member = a_step(Action.DELETE, "lb/member[0]", kind=kind.MEMBER)
    volume = a_step(Action.DELETE, "db/volume[0]", kind=kind.VOLUME)

    first, second, third = beyond_approval([], [member, a_step(Action.DELETE), volume])

    assert (first[:12], second[:13], third[:12]) == ("db/volume[0]", "web/server[0]", "lb/member[0]")


def test_another_flavor_than_was_shown_needs_a_new_plan() -> None:
    now = a_step(Action.CREATE, matched={"flavor_name": "huge"})

    assert beyond_approval([a_step(Action.CREATE, matched={"flavor_name": "small"})], [now])


def test_an_update_changes_no_more_than_was_approved() -> None:
    approved = a_step(Action.UPDATE, changed=frozenset({"name"}))

    assert not beyond_approval([approved], [approved])
    assert beyond_approval([approved], [replace(approved, changed=frozenset({"name", "size"}))])


def test_what_an_interruption_left_is_removed_without_asking() -> None:
    assert not beyond_approval([], [a_step(Action.DELETE, "web/server[0]~some-id")])


def test_a_long_list_is_cut() -> None:
    assert in_short(["One.", "Two.", "Three.", "Four.", "Five."]) == "One. Two. Three. And 2 more."
