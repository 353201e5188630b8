"""Reads named fields out of a price file's JSON and notes what is wrong with each, instead of stopping."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalog.domain.money import ZERO, AmountInvalid, decimal_from_text


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

    def choice(self, name: str, choices: tuple[str, ...], *, default: str | None = None) -> str:
        value = self._data.get(name, default)
        if value in choices:
            return str(value)
        self.problem(name, f"{str(value)[:40]!r} is not one of {', '.join(choices)}.")
        return choices[0]

    def amount(self, name: str, *, default: Decimal | None = None) -> Decimal:
        value = self._data.get(name)
        if value is None:
            if default is None:
                self.problem(name, "A decimal is missing here.")
            return default or ZERO
        try:
            return decimal_from_text(value)
        except AmountInvalid as invalid:
            self.problem(name, str(invalid))
            return ZERO

    def mapping(self, name: str) -> Any:
        return self._data.get(name, {})

    def texts(self, name: str) -> dict[str, str]:
        value = self._data.get(name, {})
        if isinstance(value, Mapping) and all(isinstance(item, str) for item in value.values()):
            return dict(value)
        self.problem(name, "This has to be an object of texts.")
        return {}

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
