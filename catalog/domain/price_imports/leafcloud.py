"""Leafcloud in Amsterdam, by the hour throughout."""

from catalog.domain.price_imports.european_lists import (
    NO_KUBERNETES,
    egress,
    gpu,
    header,
    load_balancer,
    object_storage,
    servers,
    volume,
)
from catalog.domain.price_imports.mappings import BookPlan

LEAFCLOUD = (
    BookPlan(
        header=header("leafcloud", "Leafcloud", region="Netherlands", collected="2026-05-20", hours="730"),
        rules=(
            gpu(),
            servers(),
            volume(),
            object_storage(),
            load_balancer(),
            egress("What is above has a price that nobody wrote down.", says={"free_quantity": "100"}),
            NO_KUBERNETES,
        ),
    ),
)
