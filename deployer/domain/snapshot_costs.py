"""What a snapshot costs a month, by a price book: a server's as an image, a volume's as a snapshot."""

from decimal import Decimal
from typing import Any

from catalog.domain.price_books import PriceBook
from designer.domain import resources as kinds
from designer.domain.resources import Resource, ResourceGraph
from estimator.domain.estimates import estimate

_GB_IN_A_GIB = Decimal(2**30) / Decimal(10**9)


def snapshot_monthly(kind: str, size_gib: int | None, book: PriceBook) -> Decimal | None:
    """None where the book does not sell it, or its size is not known. `kind` is of what it was made of."""
    if size_gib is None:
        return None
    size_gb = size_gib * _GB_IN_A_GIB
    said: dict[str, Any] = {"service": "backup", "method": "snapshot", "storage_gb": size_gb}
    resource = Resource("snapshot", kinds.EXTERNAL, "snapshot", said)
    if kind == kinds.SERVER:
        resource = Resource("snapshot", kinds.IMAGE, "snapshot", {"size_gb": size_gb})
    lines = estimate(ResourceGraph({resource.key: resource}), book).line_items
    amounts = [line.monthly for line in lines if line.key == resource.key]
    return None if not amounts or None in amounts else sum((one for one in amounts if one), Decimal(0))
