"""What an alarm is told: a share of what a server has, in the figures that OpenStack's telemetry keeps.

Ceilometer's usual policy keeps one value in five minutes. An alarm that asks for other spans never finds a
value, so a longer span becomes several of five minutes that have to agree. The time of the processors is kept
in nanoseconds and only grows, so its growth is compared; memory is kept in MiB.
Source: https://docs.openstack.org/aodh/latest/admin/telemetry-alarms.html
"""

from typing import Any

KEPT_EVERY_SECONDS = 300
MOST_PERIODS = 100  # Aodh's own limit
NANOSECONDS = 10**9
MEASURED = frozenset({"cpu", "memory"})  # of a server; nothing else of what a design may ask


def measured(
    metric: str, percent: float, *, period_seconds: int, eval_periods: int, vcpus: int, ram_mib: int
) -> dict[str, Any]:
    """The part of an alarm's rule that says what is compared with what, the direction excepted."""
    spans = max(1, -(-int(period_seconds) // KEPT_EVERY_SECONDS))
    share = float(percent) / 100
    rule: dict[str, Any] = {
        "metric": "cpu",
        "aggregation_method": "rate:mean",
        "threshold": share * vcpus * KEPT_EVERY_SECONDS * NANOSECONDS,
    }
    if metric == "memory":
        rule = {"metric": "memory.usage", "aggregation_method": "mean", "threshold": share * ram_mib}
    return {
        **rule,
        "resource_type": "instance",
        "granularity": KEPT_EVERY_SECONDS,
        "evaluation_periods": min(MOST_PERIODS, spans * int(eval_periods)),
    }
