"""How long an estimate takes in process, and that it grows no faster than the design."""

import time
from collections.abc import Iterator
from decimal import Decimal

from catalog.domain.price_books import PriceBook
from catalog.selectors import price_books
from designer.domain import resources as kinds
from designer.domain.resources import Ref, Resource, ResourceGraph
from estimator.domain.assumptions import Assumptions, Use
from estimator.domain.estimates import estimate

BUDGET_MS = 100
BUDGET_FOR = 1000  # components
SIZES = (10, 100, 1000, 5000)
CURVE = {"outscale", "rackspace-public-cloud"}  # composed sizes, and flavors with fees and tiers
ROUNDS = 5
OVER_TIME = Assumptions(
    design=Use(low_percent=Decimal(50), high_percent=Decimal(200), growth_percent_month=Decimal(5))
)


def run() -> bool:
    """The curve with three books, then all books at the budget's size. True when all are within it."""
    books = price_books()
    largest = max(books.values(), key=lambda book: book.price_count).key
    for key in sorted({*CURVE, largest} & books.keys()):
        for components in SIZES:
            _show(books[key], components)
    within = [_show(books[key], BUDGET_FOR) for key in sorted(books)]
    for key in sorted({*CURVE, largest} & books.keys()):
        _show_over_time(books[key])
    return all(within)


def _show(book: PriceBook, components: int) -> bool:
    """Print the best of a few rounds. True when within the budget, or of a size that has none."""
    graph = a_graph(components)
    took = min(_milliseconds(graph, book) for _ in range(ROUNDS))
    lines = len(estimate(graph, book).line_items)
    is_within = took <= BUDGET_MS
    has_budget = components == BUDGET_FOR
    verdict = f"  budget {BUDGET_MS} ms: {'met' if is_within else 'MISSED'}" if has_budget else ""
    print(
        f"estimate  {book.key:40} {components:5} components  {len(graph):6} resources  "
        f"{lines:5} lines  {took:8.2f} ms{verdict}"
    )
    return is_within or not has_budget


def _show_over_time(book: PriceBook) -> None:
    """Printed, and not judged: 36 months, and the low and the high of three of them, each in its tiers."""
    graph = a_graph(BUDGET_FOR)
    took = min(_milliseconds(graph, book, OVER_TIME) for _ in range(2))
    print(f"estimate  {book.key:40} {BUDGET_FOR:5} components  growing, low to high: {took:8.2f} ms")


def _milliseconds(graph: ResourceGraph, book: PriceBook, assumptions: Assumptions | None = None) -> float:
    """Of the processor: on a busy machine a clock measures the neighbours."""
    started = time.process_time()
    estimate(graph, book, assumptions=assumptions).to_json()
    return (time.process_time() - started) * 1000


def a_graph(components: int) -> ResourceGraph:
    """Of ten components: five servers of several sizes, each with port, group and four rules; two volumes; a
    load balancer with listener and pool; a container; a CDN."""
    return ResourceGraph.build([one for index in range(components) for one in _component(f"c{index}", index)])


def _component(name: str, index: int) -> Iterator[Resource]:
    role = index % 10
    if role < 5:
        yield Resource(f"{name}/security_group", kinds.SECURITY_GROUP, name)
        for rule in range(4):
            group = {"security_group": Ref(f"{name}/security_group")}
            yield Resource(f"{name}/rule[{rule}]", kinds.SECURITY_GROUP_RULE, name, group)
        yield Resource(f"{name}/port[0]", kinds.PORT, name)
        size = {"vcpus": 1 + index % 4, "ram_gib": 2 + index % 7, "disk_gib": 40}
        ports = [Ref(f"{name}/port[0]")]
        yield Resource(f"{name}/server[0]", kinds.SERVER, name, {"size": size, "ports": ports})
    elif role < 7:
        said = {"size_gib": 10 + index, "type": "ssd"}
        yield Resource(f"{name}/volume[0]", kinds.VOLUME, name, said)
    elif role == 7:
        balancer = Ref(f"{name}/load_balancer")
        yield Resource(balancer.key, kinds.LOAD_BALANCER, name)
        listens = {"load_balancer": balancer, "protocol": "TERMINATED_HTTPS"}
        yield Resource(f"{name}/listener[443]", kinds.LISTENER, name, listens)
        yield Resource(f"{name}/pool[443]", kinds.POOL, name, {"load_balancer": balancer})
    elif role == 8:
        yield Resource(f"{name}/object_container", kinds.OBJECT_CONTAINER, name, {"size_gb": 200})
    else:
        yield Resource(f"{name}/external", kinds.EXTERNAL, name, {"service": "cdn", "egress_gb_month": 500})
