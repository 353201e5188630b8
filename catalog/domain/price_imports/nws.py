"""NETWAYS Web Services in Nuremberg: flavors with a disk, and months of 30 days."""

from catalog.domain.price_imports.european_lists import (
    NO_KUBERNETES,
    egress,
    header,
    load_balancer,
    object_egress,
    object_storage,
    public_ip,
    servers,
    snapshot,
    volume,
)
from catalog.domain.price_imports.mappings import BookPlan, leave, take

NWS = (
    BookPlan(
        header=header(
            "nws",
            "NETWAYS Web Services",
            title="NWS, 2026",
            region="Nuremberg",
            collected="2026-06-15",
            hours="720",
        ),
        rules=(
            leave("The hourly price for 720 hours.", resource_type="server", unit="month"),
            servers(),
            leave("No design asks for a GPU.", resource_type="gpu-server"),
            leave(
                "Its flavors have cores, memory and a disk in one price.", resource_type="server-component"
            ),
            volume("ssd", description="NVMe volume"),
            snapshot(),
            leave("There is no base fee.", sku="object:base"),
            take(
                "object_storage",
                sku="object:archive",
                says={"description": "Object storage, archive", "selector": {"class": "archive"}},
            ),
            object_storage(),
            object_egress(of_service="object-storage"),
            load_balancer(),
            public_ip(),
            egress(),
            NO_KUBERNETES,
        ),
    ),
)
