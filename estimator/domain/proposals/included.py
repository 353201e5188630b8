"""What an option contains, in a customer's words: how many of what, and how large."""

from collections.abc import Collection, Mapping

from catalog.domain.component_specs import ComponentType
from designer.diagrams.facts import fact_line, scaling_range
from designer.diagrams.wording import display_name
from designer.domain.document import Component, DesignDocument
from estimator.domain.proposals.drafts import Clause
from estimator.domain.proposals.quantities import CATEGORIES


def included_in(
    document: DesignDocument, types: Mapping[str, ComponentType], *, billed: Collection[str]
) -> tuple[Clause, ...]:
    """One clause a category, in the order of the bill: "Compute", "2 × Web server, 4 vCPU · 8 GiB each".

    `billed`: the components that have a line. Others, such as visitors, are drawn and not delivered.
    """
    found: dict[str, list[str]] = {}
    for component in document.components.values():
        component_type = types[component.reference]
        if component_type.is_container or component.id not in billed:
            continue
        found.setdefault(component_type.category, []).append(_said(component, component_type))
    return tuple(
        Clause(label, "; ".join(_counted(found[category])))
        for category, label in CATEGORIES.items()
        if category in found
    )


def _said(component: Component, component_type: ComponentType) -> str:
    name = display_name(component, component_type)
    fact = scaling_range(component) or fact_line(component)
    many = component.count > 1
    words = f"{component.count} × {name}" if many else name
    return f"{words}, {fact}{' each' if many else ''}" if fact else words


def _counted(sentences: list[str]) -> list[str]:
    """The same thing drawn several times is said once."""
    counts: dict[str, int] = {}
    for sentence in sentences:
        counts[sentence] = counts.get(sentence, 0) + 1
    return [f"{count} × {one}" if count > 1 else one for one, count in counts.items()]
