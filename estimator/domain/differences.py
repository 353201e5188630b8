"""Two estimates of one design, line by line: what came, what went, what changed, and why.

The differences of the lines and of what is worked out of all of them together add up to the difference of the
totals, to the last digit: whoever doubts the new total can follow it line by line.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from catalog.domain.money import ZERO, amount_text, plain_text
from catalog.domain.problems import shown
from designer.domain.document import Component, DesignDocument
from estimator.domain.estimates import Estimate
from estimator.domain.line_items import LineItem

REASONS_AT_MOST = 4
_PLACE = tuple[str, str, int]  # resource key, service, the how manieth line of these


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class DifferentCurrencies(ValueError):
    status, code = 409, "different_currencies"

    def __init__(self, before: str, after: str) -> None:
        super().__init__(
            f"One estimate is in {before}, the other in {after}. Compare them with one price book."
        )


@dataclass(frozen=True)
class LineDifference:
    """One line before and after; None is where it wasn't there."""

    change: Change
    before: LineItem | None
    after: LineItem | None
    why: str

    @property
    def line(self) -> LineItem:
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def monthly(self) -> Decimal:
        """How much it moves the total. A line without a price moves it by nothing, and `why` says so."""
        return _of(self.after, "monthly") - _of(self.before, "monthly")

    @property
    def one_time(self) -> Decimal:
        return _of(self.after, "one_time") - _of(self.before, "one_time")

    def to_json(self) -> dict[str, Any]:
        line = self.line
        return {
            "key": line.key,
            "component": line.component,
            "change": self.change.value,
            "description": line.description,
            "unit": line.unit,
            "before": _side(self.before),
            "after": _side(self.after),
            "monthly": amount_text(self.monthly),
            "one_time": amount_text(self.one_time),
            "why": self.why,
        }


@dataclass(frozen=True)
class Differences:
    """`lines` that differ. `rest_monthly`: what rounding and discounts of the whole move beyond the lines."""

    before: Estimate
    after: Estimate
    lines: tuple[LineDifference, ...]

    @property
    def monthly(self) -> Decimal:
        return self.after.totals.monthly - self.before.totals.monthly

    @property
    def one_time(self) -> Decimal:
        return self.after.totals.one_time - self.before.totals.one_time

    @property
    def rest_monthly(self) -> Decimal:
        return self.monthly - sum((line.monthly for line in self.lines), ZERO)

    @property
    def rest_one_time(self) -> Decimal:
        return self.one_time - sum((line.one_time for line in self.lines), ZERO)

    @property
    def components(self) -> dict[str, Decimal]:
        """How much each component moves the month; "" is what belongs to none."""
        moved: dict[str, Decimal] = defaultdict(Decimal)
        for line in self.lines:
            moved[line.line.component] += line.monthly
        return dict(moved)

    def to_json(self) -> dict[str, Any]:
        return {
            "currency": self.after.currency,
            "price_book": self.after.price_book,
            "before": _whole(self.before),
            "after": _whole(self.after),
            "monthly": amount_text(self.monthly),
            "one_time": amount_text(self.one_time),
            "lines": [line.to_json() for line in self.lines],
            "rest": {
                "monthly": amount_text(self.rest_monthly),
                "one_time": amount_text(self.rest_one_time),
                "why": "What rounding, discounts and taxes of the whole move." if self.has_rest else "",
            },
            "components": {key: amount_text(amount) for key, amount in self.components.items()},
        }

    @property
    def has_rest(self) -> bool:
        return bool(self.rest_monthly or self.rest_one_time)


def find_differences(
    before: Estimate,
    after: Estimate,
    *,
    documents: tuple[DesignDocument, DesignDocument] | None = None,
) -> Differences:
    """What leads from one estimate to the other. `documents`, before and after, say why.

    Raises: DifferentCurrencies.
    """
    if before.currency != after.currency:
        raise DifferentCurrencies(before.currency, after.currency)
    old, new = _placed(before.line_items), _placed(after.line_items)
    why = _Reasons(before, after, documents)
    # In the order of the new lines; what went stands at the end of its component, what is nobody's last.
    lines: dict[str, list[LineDifference]] = {}
    for place, line in new.items():
        if (was := old.get(place)) is None:
            found = LineDifference(Change.ADDED, None, line, why.added(line))
        elif _same(was, line):
            continue
        else:
            found = LineDifference(Change.CHANGED, was, line, why.changed(was, line))
        lines.setdefault(line.component, []).append(found)
    for place, line in old.items():
        if place not in new:
            gone = LineDifference(Change.REMOVED, line, None, why.removed(line))
            lines.setdefault(line.component, []).append(gone)
    nobodys = lines.pop("", [])
    return Differences(before, after, tuple(one for those in [*lines.values(), nobodys] for one in those))


def _placed(lines: Iterable[LineItem]) -> dict[_PLACE, LineItem]:
    """Each line by its place: a server that got another flavor stays at its place."""
    seen: dict[tuple[str, str], int] = defaultdict(int)
    placed: dict[_PLACE, LineItem] = {}
    for line in lines:
        at = (line.key, line.service)
        placed[(*at, seen[at])] = line
        seen[at] += 1
    return placed


def _same(before: LineItem, after: LineItem) -> bool:
    """Money and what it is for; a sentence that is worded anew is no difference."""
    return all(
        getattr(before, name) == getattr(after, name)
        for name in ("sku", "quantity", "unit", "unit_price", "monthly", "one_time")
    )


class _Reasons:
    """Why lines differ: what was changed on the canvas, what the price book says otherwise."""

    def __init__(
        self, before: Estimate, after: Estimate, documents: tuple[DesignDocument, DesignDocument] | None
    ) -> None:
        self._books = (_book(before), _book(after))
        self._documents = documents
        self._kept: dict[str, str] = {}

    def added(self, line: LineItem) -> str:
        if self._is_missing(line.component, at=0):
            said = "The component is new."
        else:
            said = self._drawn(line.component) or "It follows from what else changed."
        return _join(said, "" if line.is_priced else "It has no price in this book.")

    def removed(self, line: LineItem) -> str:
        if self._is_missing(line.component, at=1):
            return "The component is gone."
        return self._drawn(line.component) or "It follows from what else changed."

    def changed(self, before: LineItem, after: LineItem) -> str:
        parts = [self._drawn(after.component)]
        if before.match != after.match and before.match and after.match:
            parts.append(f"Matched to {after.match} instead of {before.match}.")
        elif before.sku != after.sku and before.sku and after.sku:
            parts.append(f"Charged as {after.sku} instead of {before.sku}.")
        if not before.is_priced and after.is_priced:
            parts.append("It had no price before.")
        elif before.is_priced and not after.is_priced:
            parts.append("It has no price any more.")
        elif after.component and before.sku == after.sku and before.unit_price != after.unit_price:
            parts.append("Its unit price changed.")
        if self._books[0] != self._books[1]:
            parts.append(f"Priced with {self._books[1]} instead of {self._books[0]}.")
        return _join(*parts) or "It follows from what else changed."

    def _is_missing(self, component: str, *, at: int) -> bool:
        return bool(self._documents and component and component not in self._documents[at].components)

    def _drawn(self, component: str) -> str:
        """What was changed of the component and of the whole design."""
        if component not in self._kept:
            self._kept[component] = self._find_drawn(component)
        return self._kept[component]

    def _find_drawn(self, component: str) -> str:
        if self._documents is None:
            return ""
        was, now = (document.components.get(component) for document in self._documents)
        changes = list(_changes(_said(was), _said(now))) if was and now else []
        before, after = self._documents
        changes += _changes(_money_settings(before.settings), _money_settings(after.settings))
        if not changes:
            return ""
        rest = len(changes) - REASONS_AT_MOST
        more = f", and {rest} more" if rest > 0 else ""
        return f"Changed: {', '.join(changes[:REASONS_AT_MOST])}{more}."


# They change no line: names and doors cost nothing, and tax comes on top of the lines.
_SILENT_SETTINGS = {"environment", "region", "admin_cidr", "ssh_public_key", "tax"}


def _money_settings(settings: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in settings.items() if name not in _SILENT_SETTINGS}


def _said(component: Component | None) -> dict[str, Any]:
    if component is None:
        return {}
    said: dict[str, Any] = {"type": component.type, **component.properties}
    usage = getattr(component, "usage", None)
    return {**said, "usage": usage} if usage else said


def _changes(before: Any, after: Any, above: str = "") -> Iterator[str]:
    """`count 1 → 3`, `size.vcpus 2 → 4`; what is long is only named."""
    for name in [*before, *(name for name in after if name not in before)]:
        was, now = before.get(name), after.get(name)
        if was == now:
            continue
        at = f"{above}{name}"
        if isinstance(was, Mapping) and isinstance(now, Mapping):
            yield from _changes(was, now, f"{at}.")
        elif _is_short(was) and _is_short(now):
            yield f"{at} {_text(was)} → {_text(now)}"
        else:
            yield at


def _is_short(value: Any) -> bool:
    return value is None or isinstance(value, (bool, int, float, Decimal, str))


def _text(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return shown(value)
    return plain_text(Decimal(str(value)))


def _book(estimate: Estimate) -> str:
    return f"{estimate.price_book_title} (version {estimate.price_book_version})"


def _of(line: LineItem | None, name: str) -> Decimal:
    return (getattr(line, name) if line else None) or ZERO


def _side(line: LineItem | None) -> dict[str, Any] | None:
    """Quantity, unit price and amounts of one side, as the estimate itself writes them."""
    if line is None:
        return None
    said = line.to_json()
    return {name: said[name] for name in ("sku", "match", "quantity", "unit_price", "monthly", "one_time")}


def _whole(estimate: Estimate) -> dict[str, Any]:
    return {
        "price_book_version": estimate.price_book_version,
        "totals": estimate.totals.to_json(),
        "coverage": str(estimate.coverage),
        "unpriced": len(estimate.unpriced),
    }


def _join(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
