"""OVHcloud's public cloud in Europe: several readings of its order catalogue and price page in 2026.

The hourly prices of servers are those of the German catalogue of 2026-08-14, where the French one of early
2026 has others: b2-7 rose from 0.0681 to 0.0709. From 2026-10-01 on b3, c3 and r3 come without a disk and an
IPv4 address, so each of them is in the book twice, one row after the other.
"""

from typing import Any

from catalog.domain.price_imports.collected_rows import Record
from catalog.domain.price_imports.mappings import BookPlan, CellOf, PriceOf, Rule, leave, take

ANNOUNCEMENT = "announcement-2026-09-26"
SOURCES: tuple[Record, ...] = (
    {
        "id": ANNOUNCEMENT,
        "url": "https://www.ovhcloud.com/fr/public-cloud/prices/",
        "kind": "secondary",
        "retrieved": "2026-09-26",
        "note": "A price note that reads the price page, and what it announces for 2026-10-01.",
    },
)
UNBUNDLED = {
    "effective_from": "2026-10-01",
    "note": "From 2026-10-01 on without a local disk and without an IPv4 address.",
}
BUNDLED = {"effective_to": "2026-09-30", "note": "Until 2026-09-30 with a local disk and an IPv4 address."}
HEADER = {
    "key": "ovh",
    "provider": "OVHcloud",
    "title": "OVHcloud Public Cloud, Europe, 2026",
    "region": "EU",
    "currency": "EUR",
    "valid_from": "2026-08-14",
    "collected_at": "2026-09-26",
    "note": (
        "Started clock hours are charged. Month plans were read in January 2026, before some hourly prices "
        "rose. Sizes of load balancers and gateways are S where a design names none."
    ),
}


def _flavor(name: str) -> dict[str, Any]:
    return {"description": f"{{flavor}} server{name}"}


SERVERS: tuple[Rule, ...] = (
    take(
        "server",
        region="eu",
        sku="(?P<flavor>[bcr]3-[0-9]+)",
        says={**_flavor(""), **BUNDLED},
        and_more=True,
    ),
    take(
        "server",
        region="eu",
        sku="(?P<flavor>[bcr]3-[0-9]+)",
        says={
            **_flavor(", without disk"),
            **UNBUNDLED,
            "attributes": {"flavor": "{flavor}", "vcpus": "{vcpus}", "ram_gib": "{ram_gib}"},
        },
    ),
    take("server", region="eu", sku="(?P<flavor>d2-[0-9]+)", says=_flavor(", shared cores")),
    take("server", region="eu", sku="(?P<flavor>[bcri][12]-[0-9]+)", says=_flavor("")),
    take(
        "server",
        region="eu",
        sku="(?P<flavor>t2-le-[0-9]+)",
        says={**_flavor(", GPU"), "selector": {"gpu": "t2-le"}},
    ),
    take(
        "server",
        region="eu",
        sku="(?P<flavor>bm-.+)",
        says={**_flavor(", bare metal"), "selector": {"hardware": "bare_metal"}},
    ),
    take(
        "server",
        term="on-demand",
        sku="(?P<flavor>(?P<gpu>l4|l40s|a100|h100)-[0-9]+).consumption",
        says={**_flavor(", GPU"), "selector": {"gpu": "{gpu}"}},
    ),
    leave("The catalogue of 2026-08-14 is newer.", of_service="compute", term="on-demand"),
)

RENEWED = {"purchase": "reserved", "term_months": 1, "payment": "monthly"}
# The list of month plans leaves out the disk, which is that of the flavor by the hour.
WITH_DISK = {
    **RENEWED,
    "attributes": {
        "flavor": "{flavor}",
        "vcpus": "{vcpus}",
        "ram_gib": "{ram_gib}",
        "disk_gib": CellOf("disk_gib", "{flavor}", "hour"),
    },
}
PLANS: tuple[Rule, ...] = (
    take(
        "server",
        sku="(?P<flavor>b2-15).monthly.postpaid",
        effective_date="2026-01-27",
        says={**_flavor(", month plan"), **WITH_DISK, "effective_to": "2026-09-25"},
    ),
    take(
        "server",
        sku="(?P<flavor>b2-15).monthly.postpaid",
        says={**_flavor(", month plan"), **WITH_DISK, "effective_from": "2026-09-26"},
    ),
    take(
        "server",
        sku="(?P<flavor>[bcrdi][12]-[0-9]+).monthly.postpaid",
        says={**_flavor(", month plan"), **WITH_DISK},
    ),
    take(
        "server",
        sku="win-(?P<flavor>[bcri][12]-[0-9]+).monthly.postpaid",
        says={**_flavor(", Windows, month plan"), **WITH_DISK, "selector": {"os": "windows"}},
    ),
    take(
        "server",
        resource_type="server",
        sku="(?P<flavor>(?P<gpu>l4|l40s|a100|h100|t1|t1-le|t2|t2-le)-[0-9]+).monthly.postpaid",
        says={**_flavor(", GPU, month plan"), **RENEWED, "selector": {"gpu": "{gpu}"}},
    ),
    take(
        "server",
        sku="(?P<flavor>bm-.+).monthly.postpaid",
        says={**_flavor(", bare metal, month plan"), **WITH_DISK, "selector": {"hardware": "bare_metal"}},
    ),
    take(
        "server",
        sku="(?P<flavor>.+)",
        term="12 months savings plan",
        says={
            **_flavor(", savings plan"),
            "purchase": "reserved",
            "term_months": 12,
            "payment": "monthly",
            "note": "The savings plan of one flavor was read; others have plans too.",
        },
    ),
    leave("No design asks for Windows with a GPU.", sku="win-t[12]-.+"),
)

CAPPED = {"unit": "GB-hour", "note": "Charged by the hour up to a cap for the month."}
STORAGE: tuple[Rule, ...] = (
    take(
        "volume",
        sku="volume.classic.consumption",
        says={
            **CAPPED,
            "description": "Classic volume",
            "selector": {"type": "hdd"},
            "cap_per_month": PriceOf("volume.classic.cap"),
        },
    ),
    take(
        "volume",
        sku="volume.high-speed.consumption",
        says={
            **CAPPED,
            "description": "High-speed volume",
            "selector": {"type": "ssd"},
            "cap_per_month": PriceOf("volume.high-speed.cap"),
        },
    ),
    take(
        "volume",
        sku="volume.(?P<type>high-speed-gen2|classic.3AZ).consumption",
        says={
            **CAPPED,
            "description": "Volume, {type}",
            "selector": {"type": "{type}"},
            "cap_per_month": PriceOf("volume.{type}.cap"),
        },
    ),
    take(
        "snapshot",
        sku="volume.snapshot.consumption",
        says={
            **CAPPED,
            "description": "Volume snapshot",
            "cap_per_month": PriceOf("volume.snapshot.cap"),
        },
    ),
    leave("It is the cap of the hourly price beside it.", resource_type="price-cap"),
    take(
        "object_storage",
        sku="storage-standard",
        says={"description": "Object storage, Standard in one zone", "locator": "{sku}"},
    ),
    take(
        "object_storage",
        resource_type="object-storage",
        sku="(?P<class>.+)",
        says={
            "description": "Object storage, {class} in three zones",
            "selector": {"class": "{class}"},
            "scope": "account",
        },
    ),
)

ROUTER_NOTE = "A router to the public network is a Gateway; counted with size S."
NETWORK: tuple[Rule, ...] = (
    leave("720 hours of the hourly price.", sku=".+month.consumption"),
    take(
        "load_balancer",
        sku="octavia-loadbalancer.loadbalancer-s.hour.consumption",
        says={"description": "Load balancer, size S"},
    ),
    take(
        "load_balancer",
        sku="octavia-loadbalancer.loadbalancer-(?P<size>.+).hour.consumption",
        says={"description": "{description}", "selector": {"size": "{size}"}},
    ),
    leave("The load balancers before Octavia.", sku="loadbalancer.loadbalancer-unit.+"),
    take(
        "router",
        sku="gateway.s.hour.consumption",
        says={
            "sku": "{sku}:router",
            "description": "Router, as a Gateway of size S",
            "confidence": "derived",
            "note": ROUTER_NOTE,
        },
        and_more=True,
    ),
    take("nat_gateway", sku="gateway.s.hour.consumption"),
    take(
        "nat_gateway",
        sku="gateway.(?P<size>.+).hour.consumption",
        says={"selector": {"size": "{size}"}},
    ),
    take(
        "floating_ip",
        sku="floatingip.floatingip.hour.consumption",
        says={
            "sku": "floatingip.floatingip.hour.consumption:server",
            "description": "Public address of a server",
            "selector": {"of": "server"},
            "effective_from": "2026-10-01",
            "note": "Announced for b3, c3 and r3; servers of other series may still come with one.",
        },
        and_more=True,
    ),
    take("floating_ip", sku="floatingip.floatingip.hour.consumption"),
    take("egress", resource_type="egress", says={"description": "Outgoing traffic"}),
    leave("No design asks for a registry.", resource_type="registry"),
)

STATED: tuple[Record, ...] = (
    {
        "sku": "included:server-address",
        "service": "floating_ip",
        "description": "Public address of a server",
        "charge": "included",
        "unit": "hour",
        "price": "0",
        "selector": {"of": "server"},
        "source": ANNOUNCEMENT,
        "locator": "from 2026-10-01 local storage and IPv4 are billed separately for b3, c3 and r3",
        "confidence": "derived",
        "effective_to": "2026-09-30",
        "note": "Until 2026-09-30 servers came with an IPv4 address.",
    },
)

OVH = (
    BookPlan(
        header=HEADER,
        rules=(*SERVERS, *PLANS, *STORAGE, *NETWORK),
        sources=SOURCES,
        stated=STATED,
    ),
)
