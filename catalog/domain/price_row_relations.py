"""What is wrong between the rows of a book: double answers, unknown parts, percentages in a circle."""

from collections.abc import Iterable, Iterator, Mapping

from catalog.domain.composed_sizes import fill_in
from catalog.domain.price_book_fields import BookProblem
from catalog.domain.price_books import PriceBook
from catalog.domain.price_rows import ALL_SERVICES, Charge, Price


def problems_between_rows(book: PriceBook, file: str) -> list[BookProblem]:
    """Linear in the number of rows: each is compared with the few that it names or shares a key with."""
    named = _Names.of(book)
    found: list[BookProblem] = []
    for index, row in enumerate(book.prices):
        place = f"prices[{index}] {row.sku}"
        for field, reason in (*_unknown_names(row, named), *_bad_parts(row, named)):
            found.append(BookProblem(file, f"{place}.{field}", reason))
    places = {id(row): f"prices[{index}] {row.sku}" for index, row in enumerate(book.prices)}
    for row, field, reason in (*_double_answers(book.prices), *_percent_circles(book.prices)):
        found.append(BookProblem(file, f"{places[id(row)]}.{field}", reason))
    return found


class _Names:
    """What rows of the book may refer to, whenever it is in force."""

    def __init__(self, rows: Iterable[Price]) -> None:
        self.rows: dict[str, Price] = {row.sku: row for row in rows}
        self.services = {row.service for row in self.rows.values()}

    @classmethod
    def of(cls, book: PriceBook) -> "_Names":
        return cls(book.prices)


def _unknown_names(row: Price, named: _Names) -> Iterator[tuple[str, str]]:
    applies_to = row.applies_to
    if applies_to.sku and applies_to.sku not in named.rows:
        yield "applies_to", f"No row has the SKU {applies_to.sku}."
    for service in applies_to.services:
        if service != ALL_SERVICES and service not in named.services:
            yield "applies_to", f"No row of this book is of the service {service}."
    for name in applies_to.excluding:
        if name not in named.services and name not in named.rows:
            yield "applies_to", f"{name} is neither a service nor a SKU of this book, so nothing is excluded."


def _bad_parts(row: Price, named: _Names) -> Iterator[tuple[str, str]]:
    for part in row.composed_of:
        try:
            ingredient = named.rows.get(fill_in(part.sku, row.attributes))
        except KeyError:
            ingredient = None
        if ingredient is None:
            yield "composed_of", f"No row has the SKU that {part.sku} means by default."
        elif ingredient.composed_of:
            yield "composed_of", f"{ingredient.sku} is composed itself. Name its parts."
        elif ingredient.unit.period != row.unit.period:
            yield "composed_of", f"{ingredient.sku} is sold by {ingredient.unit}, this row by {row.unit}."


def _double_answers(rows: Iterable[Price]) -> Iterator[tuple[Price, str, str]]:
    """Two rows with one SKU, or one question, may follow each other in time, and not overlap."""
    by_sku: dict[object, list[Price]] = {}
    by_question: dict[object, list[Price]] = {}
    for row in rows:
        if earlier := _overlapping(by_sku.setdefault((row.sku, row.terms), []), row):
            yield row, "sku", _twice(f"Two rows have this SKU ({row.terms})", earlier, row)
        elif row.is_asked_for_by_selector and (
            earlier := _overlapping(by_question.setdefault(row.question, []), row)
        ):
            reason = f"Two rows answer for {row.service} with the same selector"
            yield row, "selector", _twice(reason, earlier, row)


def _overlapping(earlier: list[Price], row: Price) -> Price | None:
    found = next((one for one in earlier if one.overlaps(row)), None)
    earlier.append(row)
    return found


def _twice(reason: str, one: Price, other: Price) -> str:
    if one.effective_from or one.effective_to or other.effective_from or other.effective_to:
        return f"{reason}, and their validity overlaps: {_validity(one)} and {_validity(other)}."
    return f"{reason}."


def _validity(row: Price) -> str:
    return f"{row.effective_from or 'ever'} to {row.effective_to or 'ever'}"


def _percent_circles(rows: Iterable[Price]) -> Iterator[tuple[Price, str, str]]:
    """A percentage of what another percent row adds comes after it, and never of itself."""
    percents = {row.sku: row for row in rows if row.charge is Charge.PERCENT}
    for row in percents.values():
        if circle := _circle(row, percents):
            yield row, "applies_to", f"Percentages in a circle: {' of '.join(circle)}."
            continue
        base = percents.get(row.applies_to.sku)
        if base is not None and base.order >= row.order:
            reason = f"It is a percentage of {base.sku}, so its order comes after {base.order}."
            yield row, "order", reason


def _circle(start: Price, percents: Mapping[str, Price]) -> list[str]:
    """The SKUs on the way from `start` back to it; empty when the way ends elsewhere."""
    way = [start.sku]
    following = percents.get(start.applies_to.sku)
    while following is not None and following.sku not in way:
        way.append(following.sku)
        following = percents.get(following.applies_to.sku)
    return [*way, start.sku] if following is start else []
