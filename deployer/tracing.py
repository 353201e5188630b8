"""From a line that a customer accepted to what stands in a cloud for it, and back."""

from dataclasses import dataclass
from typing import Any

from deployer.models import Resource, Step
from designer.domain.resources import EXTERNAL
from estimator.models import OfferedRevision


@dataclass(frozen=True)
class TracedRow:
    """A row of the accepted bill with the plan steps and the resources that carry its keys."""

    id: str
    item: str
    description: str
    monthly: str | None
    keys: tuple[str, ...]
    steps: tuple[Step, ...]
    resources: tuple[Resource, ...]


def trace(offer: OfferedRevision) -> list[TracedRow]:
    """In the order of the bill. Steps are those of plans of the accepted revision, the newest last.

    A row of what no cloud creates has neither steps nor resources.
    """
    option = next(one for one in offer.version.customer["options"] if one["letter"] == offer.letter)
    steps: dict[str, list[Step]] = {}
    for step in (
        Step.objects.filter(plan__revision=offer.revision).select_related("plan").order_by("plan__created_at")
    ):
        steps.setdefault(step.key, []).append(step)
    standing: dict[str, list[Resource]] = {}
    made = Resource.objects.filter(design=offer.revision.design).exclude(kind=EXTERNAL)
    for resource in made.select_related("account"):
        standing.setdefault(resource.key, []).append(resource)
    return [_traced(row, steps, standing) for tier in option["bill"] for row in tier["rows"]]


def _traced(
    row: dict[str, Any], steps: dict[str, list[Step]], standing: dict[str, list[Resource]]
) -> TracedRow:
    keys = tuple(row["resources"])
    return TracedRow(
        id=row["id"],
        item=row["item"],
        description=row["description"],
        monthly=row["monthly"],
        keys=keys,
        steps=tuple(step for key in keys for step in steps.get(key, ())),
        resources=tuple(one for key in keys for one in standing.get(key, ())),
    )
