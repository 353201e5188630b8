"""Reads named fields out of a price file's JSON and notes what is wrong with each, instead of stopping."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from catalog.domain.money import ZERO, AmountInvalid, decimal_from_text, signed_decimal_from_text

MOST = Decimal(10**15)  # units of anything in a month; more is a slip of the hand
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True)
class BookProblem:
    """`place` is a path in the file, such as `prices[12] general1-4:linux:raw.unit`."""

    file: str
    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: {self.reason}"


class PriceBookInvalid(Exception):
    """Every problem found, never just the first."""

    def __init__(self, problems: list[BookProblem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class Fields:
    """One JSON object of the file; what is wrong with a field is noted with its place and read as nothing."""

    def __init__(
        self, data: Any, place: str, file: str, problems: list[BookProblem], known: frozenset[str] | set[str]
    ) -> None:
        self._data: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
        self.place, self.file, self.problems = place, file, problems
        if not isinstance(data, Mapping):
            self.problem("", "This has to be an object with named fields.")
        for name in sorted(self._data.keys() - known):
            self.problem(name, "No field has this name.")

    def problem(self, name: str, reason: str) -> None:
        place = ".".join(part for part in (self.place, name[:60]) if part) or "file"
        self.problems.append(BookProblem(self.file, place, reason))

    def has(self, name: str) -> bool:
        return self._data.get(name) is not None

    def text(self, name: str, pattern: re.Pattern[str] | None = None, *, default: str | None = None) -> str:
        value = self._data.get(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not (value.strip() or default == ""):
            self.problem(name, "Text is missing here.")
            return ""
        if pattern and not pattern.fullmatch(value):
            self.problem(name, f"{value[:40]!r} doesn't have the right form.")
        return value

    def date(self, name: str, *, default: str | None = None) -> str:
        """A day of the calendar as 2026-07-01; the 31st of June is refused."""
        said = self.text(name, _DATE, default=default)
        if said and _DATE.fullmatch(said):
            try:
                date.fromisoformat(said)
            except ValueError:
                self.problem(name, f"{said} is no day of the calendar.")
        return said

    def choice(self, name: str, choices: tuple[str, ...], *, default: str | None = None) -> str:
        value = self._data.get(name, default)
        if isinstance(value, str) and value in choices:
            return str(value)
        self.problem(name, f"{str(value)[:40]!r} is not one of {', '.join(choices)}.")
        return choices[0]

    def one_of(self, name: str, kind: type[Choice], *, default: Choice | None = None) -> Choice:
        return kind(self.choice(name, tuple(kind), default=default))

    def amount(self, name: str, *, default: Decimal | None = None, most: Decimal = MOST) -> Decimal:
        value = self._data.get(name)
        if value is None:
            if default is None:
                self.problem(name, "A decimal is missing here.")
            return default or ZERO
        try:
            amount = decimal_from_text(value)
        except AmountInvalid as invalid:
            self.problem(name, str(invalid))
            return ZERO
        if amount > most:
            self.problem(name, f"{value} is too much to be meant: at most {most:f}.")
        return amount

    def optional_amount(self, name: str, *, most: Decimal = MOST) -> Decimal | None:
        return self.amount(name, most=most) if self.has(name) else None

    def percent(self, name: str) -> Decimal:
        """Below 0 it is taken off; at most all of it, and at most ten times on top."""
        value = self._data.get(name)
        if value is None:
            self.problem(name, "A percentage is missing here.")
            return ZERO
        try:
            percent = signed_decimal_from_text(value)
        except AmountInvalid as invalid:
            self.problem(name, str(invalid))
            return ZERO
        if not -100 <= percent <= 1000:
            self.problem(name, f"{value} is outside of -100 to 1000 per cent.")
        return percent

    def whole(self, name: str, *, least: int, most: int, default: int | None = None) -> int:
        value = self._data.get(name, default)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.problem(name, f"This is a whole number from {least} to {most}.")
        return least

    def mapping(self, name: str) -> Any:
        return self._data.get(name, {})

    def texts(self, name: str) -> dict[str, str]:
        value = self._data.get(name, {})
        if isinstance(value, Mapping) and all(isinstance(item, str) for item in value.values()):
            return dict(value)
        self.problem(name, "This has to be an object of texts.")
        return {}

    def names(self, name: str) -> tuple[str, ...]:
        value = self._data.get(name, [])
        if isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value):
            return tuple(value)
        self.problem(name, "This has to be a list of names.")
        return ()

    def records(self, name: str, known: frozenset[str], *, name_field: str = "") -> "list[Fields]":
        value = self._data.get(name, [])
        if not isinstance(value, list):
            self.problem(name, "This has to be a list.")
            return []
        records = []
        for index, item in enumerate(value):
            called = item.get(name_field) if isinstance(item, Mapping) else None
            place = ".".join(part for part in (self.place, f"{name}[{index}]") if part)
            place = f"{place} {called[:60]}" if isinstance(called, str) else place
            records.append(Fields(item, place, self.file, self.problems, known))
        return records
