"""What an option contains, in a customer's words: how many of what, and how large."""

from collections import Counter
from collections.abc import Collection, Mapping

from catalog.domain.component_specs import ComponentType
from designer.diagrams.facts import fact_line, scaling_range
from designer.diagrams.wording import display_name
from designer.domain.document import DesignDocument
from estimator.domain.proposals.drafts import Clause
from estimator.domain.proposals.quantities import CATEGORIES


def included_in(
    document: DesignDocument, types: Mapping[str, ComponentType], *, billed: Collection[str]
) -> tuple[Clause, ...]:
    """One clause a category, in the order of the bill: "Compute", "2 × Web server, 4 vCPU · 8 GiB each".

    `billed`: the components that have a line. Others, such as visitors, are drawn and not delivered.
    """
    found: dict[str, Counter[tuple[str, str]]] = {}
    for component in document.components.values():
        component_type = types[component.reference]
        if component_type.is_container or component.id not in billed:
            continue
        fact = scaling_range(component) or fact_line(component)
        thing = display_name(component, component_type), fact
        found.setdefault(component_type.category, Counter())[thing] += component.count
    return tuple(
        Clause(label, "; ".join(_said(count, *thing) for thing, count in found[category].items()))
        for category, label in CATEGORIES.items()
        if category in found
    )


def _said(count: int, name: str, fact: str) -> str:
    """The same thing drawn several times, in each of two regions say, is said once with all of them."""
    many = count > 1
    words = f"{count} × {name}" if many else name
    return f"{words}, {fact}{' each' if many else ''}" if fact else words
