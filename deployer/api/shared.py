"""What several of the doors say in the same way."""

from decimal import Decimal
from typing import Any

from catalog.domain.money import amount_text
from deployer.domain.plan import Action

ACTIONS = [action.value for action in Action]


def choices(values: Any) -> list[str]:
    return [value.value for value in values]


def amount(value: Decimal | None) -> str | None:
    return None if value is None else amount_text(value)
