"""What the formats share when they write a value."""

from collections.abc import Callable, Mapping
from typing import Any

from designer.domain.resources import Join, Ref

Say = Callable[[Any], Any]
"""Turns a property's value (final, Ref, Join or Param) into the format's own words."""


def with_values(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is not said."""
    return {name: value for name, value in properties.items() if value is not None}


def as_cidr(remote: Any) -> Any:
    """Where a range is wanted, a single address is a range of one."""
    if isinstance(remote, (Ref, Join)):
        return Join((remote, "/32")) if isinstance(remote, Ref) else Join((*remote.parts, "/32"))
    text = str(remote)
    return text if "/" in text else f"{text}/{128 if ':' in text else 32}"


def as_dns_name(name: Any) -> str:
    """Designate wants the dot that ends a full name."""
    return f"{str(name).rstrip('.')}."
