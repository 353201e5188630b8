from collections.abc import Iterable
from enum import StrEnum


def choices_of(values: Iterable[StrEnum]) -> list[tuple[str, str]]:
    return [(value.value, value.value) for value in values]
