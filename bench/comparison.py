"""How long it takes to compare a design with every book, and to find what would make it cheaper."""

import time
from collections.abc import Callable
from datetime import date

from catalog.domain.templates import HARDENED
from catalog.selectors import component_types, get_template, price_books
from designer.domain.document import Json
from designer.domain.parsing import parse_document
from estimator.domain.comparison import compare
from estimator.domain.estimates import estimate_design
from estimator.domain.suggestions import suggest

TODAY = date(2026, 7, 1)
COMPARISON_BUDGET_MS = 1000  # of 30 components with all books
SUGGESTIONS_BUDGET_MS = 1500
TEMPLATES = ("beh-hybrid", "rax-webapp", "os-ecommerce-auto")
ROUNDS = 3


def run() -> bool:
    """True when every template is within both budgets."""
    results = [_show(key) for key in TEMPLATES]
    return all(results)


def _show(key: str) -> bool:
    document = get_template(key).drawn(HARDENED)
    compared = _milliseconds(lambda: _compare(document))
    suggested = _milliseconds(lambda: _suggest(document))
    is_within = compared <= COMPARISON_BUDGET_MS and suggested <= SUGGESTIONS_BUDGET_MS
    print(
        f"comparison  {key:20} {len(document['components']):3} components  {len(price_books()):3} books  "
        f"{compared:7.1f} ms, suggestions {suggested:7.1f} ms  budget {COMPARISON_BUDGET_MS} and "
        f"{SUGGESTIONS_BUDGET_MS} ms: {'met' if is_within else 'MISSED'}"
    )
    return is_within


def _compare(document: Json) -> None:
    parsed, types = parse_document(document, component_types()), component_types()
    labels = {id_: component.label for id_, component in parsed.components.items()}
    estimates = [estimate_design(parsed, types, book) for book in price_books().values()]
    compare(estimates, labels=labels, today=TODAY).to_json()


def _suggest(document: Json) -> None:
    books = price_books()
    own = books["rackspace-public-cloud"]
    suggest(document, component_types(), own, other_books=list(books.values()), today=TODAY)


def _milliseconds(work: Callable[[], None]) -> float:
    """The best of a few rounds, of the processor: on a busy machine a clock measures the neighbours."""
    took = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        took.append((time.process_time() - started) * 1000)
    return min(took)
