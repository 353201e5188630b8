"""The tag that is on a resource before we have a record of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from deployer.domain.cloud import CloudProfile, Item, LiveStatus, Tag, without_balancer_parts, without_parts
from tests.fakes.cloud import a_profile


@given(some.text("abcdef0123456789-", min_size=1), some.text("abc/[]0-_.:", min_size=1))
def test_a_tag_is_found_again_among_other_words(deployment: str, key: str) -> None:
    tag = Tag(deployment, key)

    assert Tag.find_in(f"Web server {tag} and more") == tag


@pytest.mark.parametrize(
    "text", [None, "", "stackdraft", "stackdraft:", "stackdraft:a", "stackdraft:a:", "x:a:b"]
)
def test_what_is_no_tag_is_none(text: str | None) -> None:
    assert Tag.find_in(text) is None


def test_a_part_goes_with_its_whole_and_is_on_its_own_without_it() -> None:
    group = Tag("d1", "web/scaling_group")
    member = Item("server", "s-1", "web", group.part("member"), LiveStatus.ACTIVE)
    stack = Item("scaling_group", "g-1", "web", group, LiveStatus.ACTIVE)

    assert without_parts([member, stack]) == [stack]
    assert without_parts([member]) == [member]


def test_what_a_balancer_takes_with_it_is_not_asked_to_go_alone() -> None:
    balancer = Item("load_balancer", "b-1", "lb", Tag("d1", "lb/load_balancer"), LiveStatus.ACTIVE)
    listener = Item("listener", "l-1", "lb", Tag("d1", "lb/listener[80]"), LiveStatus.ACTIVE)
    anothers = Item("pool", "p-1", "ilb", Tag("d1", "ilb/pool[80]"), LiveStatus.ACTIVE)
    port = Item("port", "v-1", "lb", Tag("d1", "lb/port[0]"), LiveStatus.ACTIVE)

    assert without_balancer_parts([balancer, listener, anothers, port]) == [balancer, anothers, port]
    assert without_balancer_parts([listener]) == [listener]


def test_a_profile_comes_back_as_it_was_kept() -> None:
    assert CloudProfile.from_json(a_profile().to_json()) == a_profile()
