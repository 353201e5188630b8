from ipaddress import IPv4Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.domain.address_moves import is_named, longest_prefix, moved_addresses

OLD, NEW = IPv4Network("10.0.0.0/16"), IPv4Network("172.16.0.0/16")


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("10.0.0.0/16", "172.16.0.0/16"),
        ("10.0.255.255", "172.16.255.255"),
        ("10.1.0.0", "10.1.0.0"),
        ("10.0.0.0/8", "10.0.0.0/8"),
        ("from 10.0.1.2, to 10.0.1.3.", "from 172.16.1.2, to 172.16.1.3."),
        ("10.0.1.2.3", "10.0.1.2.3"),
        ("v10.0.1.2", "v10.0.1.2"),
        ("10.0.1.999", "10.0.1.999"),
        ("10.0.1.0/99", "10.0.1.0/99"),
        ("10.0.01.0", "10.0.01.0"),
        ("tcp://10.0.1.2:80/", "tcp://172.16.1.2:80/"),
        ("0.0.0.0/0", "0.0.0.0/0"),
    ],
)
def test_what_lies_inside_moves_and_nothing_else(text: str, moved: str) -> None:
    assert moved_addresses({"a": [text, 1, None]}, {OLD: NEW}) == {"a": [moved, 1, None]}


@given(st.integers(0, 2**16 - 1), st.integers(16, 30))
def test_moving_there_and_back_changes_nothing(offset: int, length: int) -> None:
    inside = IPv4Network((int(OLD.network_address) + offset, length), strict=False)

    there = moved_addresses(str(inside), {OLD: NEW})

    assert IPv4Network(there).subnet_of(NEW)
    assert moved_addresses(there, {NEW: OLD}) == str(inside)


@given(st.lists(st.integers(0, 2**16 - 1), min_size=1))
def test_the_longest_prefix_holds_all_and_the_next_does_not(offsets: list[int]) -> None:
    addresses = [str(OLD.network_address + offset) for offset in offsets]
    length = longest_prefix(addresses, OLD)

    assert all(offset < 2 ** (32 - length) for offset in offsets)
    assert length == 30 or any(offset >= 2 ** (31 - length) for offset in offsets)
    assert is_named(addresses, OLD)


def test_two_ranges_can_change_places() -> None:
    east, west = IPv4Network("10.1.0.0/16"), IPv4Network("10.2.0.0/16")

    moved = moved_addresses(["10.1.0.0/16", "10.2.7.0/24"], {east: west, west: east})

    assert moved == ["10.2.0.0/16", "10.1.7.0/24"]


def test_of_nested_ranges_the_nearest_moves() -> None:
    outer, inner = IPv4Network("10.0.0.0/8"), IPv4Network("10.1.0.0/16")
    moves = {outer: outer, inner: IPv4Network("10.9.0.0/16")}

    assert moved_addresses(["10.1.2.3", "10.2.3.4"], moves) == ["10.9.2.3", "10.2.3.4"]
