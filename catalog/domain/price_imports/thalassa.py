"""Thalassa Cloud in the Netherlands: by the hour, and months of 30 days."""

from catalog.domain.price_imports.european_lists import (
    NO_KUBERNETES,
    egress,
    header,
    load_balancer,
    object_storage,
    servers,
    volume,
)
from catalog.domain.price_imports.mappings import BookPlan, leave

THALASSA = (
    BookPlan(
        header=header(
            "thalassa", "Thalassa Cloud", region="Netherlands", collected="2026-05-20", hours="720"
        ),
        rules=(
            leave("The hourly price for 720 hours.", resource_type="server", unit="month"),
            servers("The list's own figure for a month is 39.27; 720 hours are 39.67.", sku="dgp-large"),
            servers("A flavor for development.", sku="dgp-.+"),
            servers(),
            volume(),
            object_storage(),
            load_balancer(),
            egress("Traffic is free in every direction."),
            NO_KUBERNETES,
        ),
    ),
)
