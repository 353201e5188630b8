"""How long an estimate takes in process, and that it grows no faster than the design."""

import time
from collections.abc import Iterator

from catalog.domain.price_books import PriceBook
from catalog.selectors import get_price_book, price_books
from designer.domain import resources as kinds
from designer.domain.resources import Ref, Resource, ResourceGraph
from estimator.domain.estimates import estimate

BUDGET_MS = 100
BUDGET_FOR = 1000  # components
SIZES = (10, 100, 1000, 5000)
ROUNDS = 9


def run() -> bool:
    """Print the best of a few rounds (slower ones measure the neighbours). True when within the budget."""
    within = True
    for key in sorted(price_books()):
        book = get_price_book(key)
        for components in SIZES:
            graph = a_graph(components)
            took = min(_milliseconds(graph, book) for _ in range(ROUNDS))
            lines = len(estimate(graph, book).line_items)
            budget = BUDGET_MS if components == BUDGET_FOR else None
            verdict = (
                "" if budget is None else f"  budget {budget} ms: {'met' if took <= budget else 'MISSED'}"
            )
            within = within and (budget is None or took <= budget)
            print(
                f"estimate  {key:24} {components:5} components  {len(graph):6} resources  "
                f"{lines:5} lines  {took:8.2f} ms{verdict}"
            )
    return within


def _milliseconds(graph: ResourceGraph, book: PriceBook) -> float:
    started = time.perf_counter()
    estimate(graph, book).to_json()
    return (time.perf_counter() - started) * 1000


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
