"""Exoscale in Europe. Its flavors show 10 GiB of disk, less than templates ask for."""

from catalog.domain.price_imports.european_lists import (
    NO_KUBERNETES,
    egress,
    header,
    load_balancer,
    object_storage,
    servers,
    volume,
)
from catalog.domain.price_imports.mappings import BookPlan, take

EXOSCALE = (
    BookPlan(
        header=header("exoscale", "Exoscale", region="Europe", collected="2026-05-20", hours="730"),
        rules=(
            servers(sku="storage[.].+"),
            take(
                "server",
                resource_type="server",
                says={
                    "description": "{sku} server",
                    "attributes": {
                        "flavor": "{sku}",
                        "vcpus": "{vcpus}",
                        "ram_gib": "{ram_gib}",
                        "disk_gib": "0",
                    },
                    "note": "Its 10 GiB of local disk aren't counted; the server starts from a volume.",
                },
            ),
            volume(),
            object_storage("Cheaper above 512 TiB; how much nobody wrote down."),
            load_balancer(),
            egress("Each server has a free part; how much the list doesn't say, so none is taken off."),
            NO_KUBERNETES,
        ),
    ),
)
