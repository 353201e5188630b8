"""plusserver's pluscloud in Germany: vCPUs and memory by the piece."""

from catalog.domain.price_imports.european_lists import (
    NO_KUBERNETES,
    SUMS,
    composed,
    egress,
    header,
    load_balancer,
    object_storage,
    piece,
    public_ip,
    volume,
)
from catalog.domain.price_imports.mappings import BookPlan, leave

PLUSSERVER = (
    BookPlan(
        header=header("plusserver", "plusserver", region="Germany", collected="2026-06-15", hours="730"),
        rules=(
            SUMS,
            piece("vcore", "component:cpu_per_vcpu_hourly", "vCPU"),
            piece("memory", "component:ram_per_gb_hourly", "Memory"),
            leave("A Kubernetes cluster.", sku="component:cluster_hourly"),
            volume(),
            object_storage(),
            load_balancer("0.07 an hour, for 730 of them."),
            public_ip(),
            egress("By fair use."),
            NO_KUBERNETES,
        ),
        stated=(
            composed(
                "{vcpus}c-{ram_gib}g",
                vcpu="component:cpu_per_vcpu_hourly",
                ram="component:ram_per_gb_hourly",
                locator="vCPU and RAM",
            ),
        ),
    ),
)
