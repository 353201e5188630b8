"""Moves an address range to another place, and everything that lies inside it along."""

import re
from collections.abc import Iterator, Mapping
from ipaddress import AddressValueError, IPv4Address, IPv4Network, NetmaskValueError
from typing import Any

# An address or a range, alone or within a sentence; no piece of a longer number such as 10.0.0.0.1.
_ADDRESS = re.compile(r"(?<![\w.])(\d{1,3}(?:\.\d{1,3}){3})(/\d{1,2})?(?![\w/]|\.\d)")
_SMALLEST = 30  # a range with less than four addresses is no network


Moves = Mapping[IPv4Network, IPv4Network]  # old range -> new range


def moved_addresses(value: Any, moves: Moves) -> Any:
    """The same JSON, with each address and range inside an old range at the same offset in the new one.

    Also those that a label or a text names. An old range itself becomes the new one, whatever its length. All
    moves are made at once, so two ranges can change places.
    """
    if isinstance(value, dict):
        return {name: moved_addresses(inner, moves) for name, inner in value.items()}
    if isinstance(value, list):
        return [moved_addresses(inner, moves) for inner in value]
    if isinstance(value, str) and "." in value:
        return _ADDRESS.sub(lambda found: _moved(found, moves), value)
    return value


def longest_prefix(value: Any, old: IPv4Network) -> int:
    """The prefix length of the smallest range that still has room for all that lies inside `old`."""
    last_offset = max(
        (int(one.broadcast_address) - int(old.network_address) for one in _inside(value, old)), default=0
    )
    return min(_SMALLEST, 32 - last_offset.bit_length())


def is_named(value: Any, old: IPv4Network) -> bool:
    """Whether there is anything to move."""
    return any(True for _ in _networks(value, old))


def _inside(value: Any, old: IPv4Network) -> Iterator[IPv4Network]:
    """What lies inside `old` without being it."""
    return (one for one in _networks(value, old) if one != old)


def _networks(value: Any, old: IPv4Network) -> Iterator[IPv4Network]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _networks(inner, old)
    elif isinstance(value, list):
        for inner in value:
            yield from _networks(inner, old)
    elif isinstance(value, str) and "." in value:
        for found in _ADDRESS.finditer(value):
            network = _network(found)
            if network is not None and network.subnet_of(old):
                yield network


def _moved(found: re.Match[str], moves: Moves) -> str:
    network = _network(found)
    around = [old for old in moves if network is not None and network.subnet_of(old)]
    if network is None or not around:
        return found[0]
    old = max(around, key=lambda one: one.prefixlen)  # of nested ranges the nearest
    new = moves[old]
    if network == old:
        return str(new)
    start = IPv4Address(int(new.network_address) + int(network.network_address) - int(old.network_address))
    return f"{start}{found[2] or ''}"


def _network(found: re.Match[str]) -> IPv4Network | None:
    try:
        return IPv4Network(found[0])
    except (AddressValueError, NetmaskValueError, ValueError):
        return None
