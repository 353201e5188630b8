from ipaddress import IPv4Network

from hypothesis import given
from hypothesis import strategies as st

from designer.domain.addressing import free_block, is_open_to_the_world, overlapping_pairs, read_cidr


@st.composite
def blocks(draw: st.DrawFn) -> IPv4Network:
    prefix = draw(st.integers(18, 28))
    number = draw(st.integers(0, 2 ** (prefix - 16) - 1))
    return IPv4Network((int(IPv4Network("10.0.0.0/16").network_address) + (number << (32 - prefix)), prefix))


@given(st.lists(blocks(), max_size=12))
def test_overlaps_are_found_exactly_when_there_are_any(ranges: list[IPv4Network]) -> None:
    pairs = [(a, b) for a, b in overlapping_pairs((one, one) for one in ranges)]

    assert all(a.overlaps(b) for a, b in pairs)
    clashes = any(a.overlaps(b) for i, a in enumerate(ranges) for b in ranges[:i])
    assert bool(pairs) == clashes


@given(st.lists(blocks(), max_size=12), st.integers(18, 28))
def test_a_free_block_is_inside_and_touches_nobody(taken: list[IPv4Network], prefix: int) -> None:
    inside = IPv4Network("10.0.0.0/16")
    block = free_block(inside, taken, prefix)

    candidates = (one for one in inside.subnets(new_prefix=prefix) if not any(one.overlaps(t) for t in taken))
    assert block == next(candidates, None)


def test_a_full_network_has_no_free_block() -> None:
    inside = IPv4Network("10.0.0.0/24")

    assert free_block(inside, [inside], 26) is None
    assert free_block(inside, [], 16) is None


def test_text_that_is_no_range_reads_as_none() -> None:
    assert [read_cidr(text) for text in ("", "10.0.0.1/24", "10.0.0/24", "::/0", None, "10.0.0.0/33")] == [
        None
    ] * 6


def test_wider_than_a_slash_8_is_the_world() -> None:
    assert [is_open_to_the_world(cidr) for cidr in ("0.0.0.0/0", "128.0.0.0/1", "10.0.0.0/8", "junk")] == [
        True,
        True,
        False,
        False,
    ]
