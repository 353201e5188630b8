"""What differs between two versions of a proposal, as a customer would read it. Both are customers' parts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]

_HEAD = {
    "title": "Title",
    "valid_until": "Valid until",
    "term_months": "Months of the term",
    "currency": "Currency",
    "recommended": "Recommended option",
}
_SUMS = {
    ("net", "monthly"): "A month, before tax",
    ("net", "one_time"): "Once, before tax",
    ("term",): "The whole term, before tax",
}


@dataclass(frozen=True)
class Change:
    """Empty `before`: it was added; empty `after`: it is gone. Amounts are in the proposal's currency."""

    where: str
    what: str
    before: str
    after: str
    is_amount: bool = False

    def to_json(self) -> dict[str, Any]:
        return dict(vars(self))


def find_changes(before: Json, after: Json) -> list[Change]:
    """Money first, then what it is for, then the words around it."""
    return [*_of_options(before, after), *_of_head(before, after), *_of_clauses(before, after)]


def _of_head(before: Json, after: Json) -> Iterator[Change]:
    for key, words in _HEAD.items():
        yield from _changed("Proposal", words, before.get(key), after.get(key))
    yield from _changed(
        "Proposal", "Summary", "\n\n".join(before.get("summary", ())), "\n\n".join(after.get("summary", ()))
    )


def _of_clauses(before: Json, after: Json) -> Iterator[Change]:
    for key, where in (("benefits", "Benefits"), ("terms", "Terms")):
        was, now = ({one["title"]: one["text"] for one in part.get(key, ())} for part in (before, after))
        for title in dict.fromkeys([*was, *now]):
            yield from _changed(where, title, was.get(title), now.get(title))


def _of_options(before: Json, after: Json) -> Iterator[Change]:
    was, now = ({one["letter"]: one for one in part.get("options", ())} for part in (before, after))
    for letter in dict.fromkeys([*was, *now]):
        where = f"Option {letter}"
        if letter not in was or letter not in now:
            names = (was.get(letter, {}).get("name", ""), now.get(letter, {}).get("name", ""))
            yield Change(where, "The whole option", *names)
            continue
        yield from _of_option(where, was[letter], now[letter])


def _of_option(where: str, before: Json, after: Json) -> Iterator[Change]:
    for steps, words in _SUMS.items():
        amounts = (_at(before["sums"], steps), _at(after["sums"], steps))
        yield from _changed(where, words, *amounts, is_amount=True)
    yield from _changed(where, "Name", before["name"], after["name"])
    yield from _changed(where, "Revision of the design", before["revision"], after["revision"])
    yield from _of_bill(where, before, after)
    was, now = ({one["title"]: _extra(one) for one in part["extras"]} for part in (before, after))
    for title in dict.fromkeys([*was, *now]):
        yield from _changed(where, title, was.get(title), now.get(title))
    was, now = ({one["item"]: one["reason"] for one in part["not_priced"]} for part in (before, after))
    for item in dict.fromkeys([*was, *now]):
        yield from _changed(f"{where}, not priced", item, was.get(item), now.get(item))
    was, now = (
        {f"{one['summary']}: {one['detail']}": one["reason"] for one in part["accepted_findings"]}
        for part in (before, after)
    )
    for finding in dict.fromkeys([*was, *now]):
        yield from _changed(f"{where}, accepted", finding, was.get(finding), now.get(finding))


def _of_bill(where: str, before: Json, after: Json) -> Iterator[Change]:
    was, now = _rows(before), _rows(after)
    for name in dict.fromkeys([*was, *now]):
        yield from _changed(f"{where}, {name[0]}", name[1], was.get(name), now.get(name))


def _rows(option: Json) -> dict[tuple[str, str], str]:
    """{(item, description): "3 hour at 0.10 = 219.00"}; several bands of one price are told together."""
    found: dict[tuple[str, str], str] = {}
    for tier in option["bill"]:
        for row in tier["rows"]:
            at = row["item"], row["description"]
            price = row["unit_price"]
            amount = row["monthly"] or row["one_time"] or ""
            said = f"{row['quantity']} {row['unit']}, " + (
                "not priced" if price is None else f"{price} each: {amount}"
            )
            found[at] = f"{found[at]}; {said}" if at in found else said
    return found


def _extra(extra: Json) -> str:
    amount = f"{extra['monthly']} a month" if extra["monthly"] is not None else f"{extra['one_time']} once"
    return f"{extra['quantity']} {extra['unit']}, {extra['unit_price']} each: {amount}"


def _changed(
    where: str, what: str, before: object, after: object, *, is_amount: bool = False
) -> Iterator[Change]:
    if before != after:
        yield Change(where, what, _text(before), _text(after), is_amount)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _at(value: Any, steps: tuple[str, ...]) -> Any:
    for step in steps:
        value = value[step]
    return value
