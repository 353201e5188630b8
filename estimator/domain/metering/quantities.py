"""Quantities, sizes and words as a design says them; None for what is no quantity."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from catalog.domain.money import ZERO
from catalog.domain.size_matching import SizeNeed


def number_in(value: Any) -> Decimal | None:
    """A quantity of the design as a Decimal, by way of its text; None for what is no quantity."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str, Decimal)):
        return None
    try:
        number = Decimal(str(value))
    except (ArithmeticError, ValueError):
        return None
    return number if number.is_finite() and number >= 0 else None


def selector_of(said: Mapping[str, Any], *names: str) -> dict[str, str]:
    return {name: text for name in names if (text := text_in(said.get(name)))}


def text_in(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def size_need(size: Any, *, with_disk: bool) -> SizeNeed | None:
    if not isinstance(size, Mapping):
        return None
    vcpus, ram_gib = number_in(size.get("vcpus")), number_in(size.get("ram_gib"))
    if vcpus is None or ram_gib is None:
        return None
    return SizeNeed(vcpus, ram_gib, (number_in(size.get("disk_gib")) or ZERO) if with_disk else ZERO)


def size_text(what: str, need: SizeNeed | None) -> str:
    return f"{what}, {need.vcpus} vCPU · {need.ram_gib} GiB" if need else what


def counted(number: Decimal, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
