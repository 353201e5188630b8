"""What differs between two versions of a proposal, as a customer would read it. Both are customers' parts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from estimator.domain.proposals.wording import day, money, number, unit, unit_price

Json = Mapping[str, Any]

_SUMS = {
    ("net", "monthly"): "A month, before tax",
    ("net", "one_time"): "Once, before tax",
    ("term",): "The whole term, before tax",
}
LONG = 240  # characters; of a longer text only the part that differs is told
AROUND = 8  # words on either side of it


@dataclass(frozen=True)
class Change:
    """Empty `before`: it was added; empty `after`: it is gone. All of it is written out for reading."""

    where: str
    what: str
    before: str
    after: str

    def to_json(self) -> dict[str, Any]:
        return dict(vars(self))


@dataclass(frozen=True)
class Changes:
    """A page of a version's documents: what is not as it was in version `since`."""

    since: int
    rows: tuple[Change, ...]

    def by_place(self) -> Iterator[tuple[str, list[Change]]]:
        for where, rows in groupby(self.rows, key=lambda one: one.where):
            yield where, list(rows)


def find_changes(before: Json, after: Json) -> list[Change]:
    """Money first, then what it is for, then the words around it."""
    return [*_of_options(before, after), *_of_head(before, after), *_of_clauses(before, after)]


def _of_head(before: Json, after: Json) -> Iterator[Change]:
    said: dict[str, Callable[[Json], str]] = {
        "Title": lambda part: part["title"],
        "Customer": lambda part: ", ".join(_said(part["customer"], "name", "contact")),
        "Seller": lambda part: ", ".join(_said(part["seller"], "name", "contact")),
        "Valid until": lambda part: day(part["valid_until"]),
        "Months of the term": lambda part: str(part["term_months"]),
        "Currency": lambda part: part["currency"],
        "Recommended option": lambda part: part["recommended"],
        "Summary": lambda part: "\n\n".join(part["summary"]),
    }
    for what, read in said.items():
        yield from _changed("Proposal", what, read(before), read(after))


def _of_clauses(before: Json, after: Json) -> Iterator[Change]:
    for key, where in (("benefits", "Benefits"), ("terms", "Terms")):
        was, now = (_told((one["title"], one["text"]) for one in part[key]) for part in (before, after))
        yield from _of_table(where, was, now)


def _of_options(before: Json, after: Json) -> Iterator[Change]:
    was, now = ({one["letter"]: one for one in part["options"]} for part in (before, after))
    for letter in dict.fromkeys([*was, *now]):
        where = f"Option {letter}"
        if letter not in was or letter not in now:
            names = (was.get(letter, {}).get("name", ""), now.get(letter, {}).get("name", ""))
            yield Change(where, "The whole option", *names)
            continue
        old, new = (_Option(one[letter], part["currency"]) for one, part in ((was, before), (now, after)))
        for what, tables in zip(_Option.PLACES, zip(old.tables(), new.tables(), strict=True), strict=True):
            yield from _of_table(f"{where}{what}", *tables)


@dataclass(frozen=True)
class _Option:
    """One option's contents as tables of words, in the order in which they are read."""

    option: Json
    currency: str

    PLACES = ("", ", bill", ", services", ", not priced", ", advice not taken")

    def tables(self) -> tuple[dict[str, str], ...]:
        return self._head(), self._bill(), self._extras(), self._not_priced(), self._accepted()

    def _head(self) -> dict[str, str]:
        option = self.option
        sums = {words: self._money(_at(option["sums"], steps)) for steps, words in _SUMS.items()}
        return sums | {
            "Name": option["name"],
            "Introduction": "\n\n".join(option["intro"]),
            "Design": f"{option['design']}, revision {option['revision']}",
            **{one["title"]: f"{self._money(one['monthly'])} a month" for one in option["sums"]["discounts"]},
        }

    def _bill(self) -> dict[str, str]:
        """Several bands of one price are told together."""
        rows = (row for tier in self.option["bill"] for row in tier["rows"])
        return _told((f"{row['item']}: {row['description']}", self._row(row)) for row in rows)

    def _row(self, row: Json) -> str:
        counted = f"{number(row['quantity'])} {unit(row['unit'])}"
        if row["unit_price"] is None:
            return f"{counted}, not priced"
        amounts = [
            f"{self._money(amount)} {when}"
            for amount, when in ((row["monthly"], "a month"), (row["one_time"], "once"))
            if amount and Decimal(amount)
        ]
        priced = f"{counted} at {unit_price(row['unit_price'], self.currency)}"
        return ", ".join([priced, *amounts])

    def _extras(self) -> dict[str, str]:
        return _told((one["title"], self._row(one)) for one in self.option["extras"])

    def _not_priced(self) -> dict[str, str]:
        return _told((one["item"], one["reason"]) for one in self.option["not_priced"])

    def _accepted(self) -> dict[str, str]:
        return _told(
            (f"{one['summary']}: {one['detail']}", one["reason"]) for one in self.option["accepted_findings"]
        )

    def _money(self, amount: str) -> str:
        return money(amount, self.currency)


def _told(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What shares a title is told together, so that none of it is lost."""
    found: dict[str, str] = {}
    for title, words in pairs:
        found[title] = f"{found[title]}; {words}" if title in found else words
    return found


def _of_table(where: str, was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Change]:
    for title in dict.fromkeys([*was, *now]):
        yield from _changed(where, title, was.get(title, ""), now.get(title, ""))


def _changed(where: str, what: str, before: str, after: str) -> Iterator[Change]:
    if before != after:
        yield Change(where, what, *_differing(before, after))


def _differing(before: str, after: str) -> tuple[str, str]:
    """Of two long texts, from the first word that differs to the last, with some around them."""
    if not before or not after or max(len(before), len(after)) <= LONG:
        return before, after
    was, now = before.split(), after.split()
    begins = _alike(was, now)
    ends = _alike(was[begins:][::-1], now[begins:][::-1])
    return _cut(was, begins, ends), _cut(now, begins, ends)


def _alike(some: list[str], others: list[str]) -> int:
    """How many words both begin with."""
    pairs = zip(some, others, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(some), len(others)))


def _cut(words: list[str], begins: int, ends: int) -> str:
    first, last = max(0, begins - AROUND), min(len(words), len(words) - ends + AROUND)
    said = " ".join(words[first:last])
    return f"{'… ' if first else ''}{said}{' …' if last < len(words) else ''}"


def _said(facts: Json, *names: str) -> list[str]:
    return [facts[name] for name in names if facts[name]]


def _at(value: Any, steps: tuple[str, ...]) -> Any:
    for step in steps:
        value = value[step]
    return value
