"""Address ranges: reading, comparing and finding free ones."""

from collections.abc import Iterable, Iterator, Sequence
from ipaddress import IPv4Network
from typing import TypeVar

T = TypeVar("T")

ANYWHERE = "0.0.0.0/0"
WIDEST_CLOSED_PREFIX = 8  # a range wider than a /8 is as good as the whole internet


def read_cidr(text: object) -> IPv4Network | None:
    """The range, or None when the text is no IPv4 range or has bits set behind its prefix."""
    try:
        return IPv4Network(str(text))
    except ValueError:
        return None


def is_open_to_the_world(cidr: str) -> bool:
    network = read_cidr(cidr)
    return network is not None and network.prefixlen < WIDEST_CLOSED_PREFIX


def overlapping_pairs(ranges: Iterable[tuple[IPv4Network, T]]) -> Iterator[tuple[T, T]]:
    """Neighbours that overlap, found by walking the ranges in order of their first address.

    Two ranges overlap only when one contains the other, so the widest one still open is enough to look at.
    """
    open_range: tuple[IPv4Network, T] | None = None
    for network, owner in sorted(ranges, key=lambda one: (int(one[0].network_address), one[0].prefixlen)):
        if open_range and network.network_address <= open_range[0].broadcast_address:
            yield open_range[1], owner
        else:
            open_range = (network, owner)


def free_block(inside: IPv4Network, taken: Sequence[IPv4Network], prefix: int) -> IPv4Network | None:
    """The first free range of that prefix length, None when there is no room."""
    if prefix < inside.prefixlen:
        return None
    step = 1 << (32 - prefix)
    at = int(inside.network_address)
    end = int(inside.broadcast_address)
    for block in sorted(
        (one for one in taken if one.overlaps(inside)), key=lambda one: int(one.network_address)
    ):
        if at + step <= int(block.network_address):
            break
        at = max(at, -(-(int(block.broadcast_address) + 1) // step) * step)
    return IPv4Network((at, prefix)) if at + step - 1 <= end else None
