"""What a resource uses of a service in a month, and what a meter must know beside the resource."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from catalog.domain.money import ZERO
from catalog.domain.size_matching import SizeNeed
from designer.domain import resources as kinds
from designer.domain.resources import Ref, Resource, ResourceGraph

ONE = Decimal(1)


# What comes with the visitors: these quantities have a low and a high profile, and grow. What somebody orders
# in a size (servers, volumes, shares) stays as it is drawn.
FOLLOWS_THE_LOAD = frozenset(
    {
        "cdn",
        "dns_queries",
        "egress",
        "email",
        "external_backup",
        "inter_region_traffic",
        "object_storage",
        "payments",
        "peering",
        "snapshot",
    }
)


@dataclass(frozen=True)
class Usage:
    """So much of a service in a month of this design.

    `unit` and `quantity`: `month` × 1 for a thing that is there all the time, `GiB-month` × 100 for a volume,
    `GB` × 500 for traffic. A quantity of None means that the design doesn't say.
    `need` and `flavor` are for what comes in sizes; the look-up picks one. `selector` narrows the price down.
    """

    service: str
    what: str  # for people, and for the line when there is no price
    unit: str = "month"
    quantity: Decimal | None = ONE
    selector: Mapping[str, str] = field(default_factory=dict)
    need: SizeNeed | None = None
    flavor: str | None = None
    role: str = ""  # goes before the price's own description: `Boot volume`
    assumption: str = ""
    copies: Decimal | None = ONE  # so many of it, each with that quantity
    least: Decimal | None = None  # where the copies follow the load: how few and how many there may be
    most: Decimal | None = None
    hours: Decimal | None = None  # of a month that it is there, where that isn't all of it
    only_if_sold: bool = False  # hardly anybody charges for it, so a book without a price leaves nothing open

    @property
    def is_nothing(self) -> bool:
        return self.quantity == ZERO or (self.copies == ZERO and not self.most)


@dataclass(frozen=True)
class Surroundings:
    """What a meter must know of other resources, gathered in one pass over the graph."""

    tls_balancers: frozenset[str]

    @classmethod
    def of(cls, graph: ResourceGraph) -> "Surroundings":
        return cls(
            tls_balancers=frozenset(
                listener.properties["load_balancer"].key
                for listener in graph.of_kind(kinds.LISTENER)
                if listener.properties.get("protocol") == "TERMINATED_HTTPS"
                and isinstance(listener.properties.get("load_balancer"), Ref)
            )
        )


Meter = Callable[[Resource, Surroundings], list[Usage]]
