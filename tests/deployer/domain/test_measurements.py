"""Shares of a server's power in the figures that telemetry keeps."""

from typing import Any

import pytest

from deployer.domain.measurements import measured


def a_rule(metric: str = "cpu", percent: float = 50, **changes: Any) -> dict[str, Any]:
    said = {"period_seconds": 300, "eval_periods": 1, "vcpus": 2, "ram_mib": 4096} | changes
    return measured(metric, percent, **said)


def test_half_of_two_processors_is_one_processors_time() -> None:
    rule = a_rule()

    assert (rule["metric"], rule["aggregation_method"]) == ("cpu", "rate:mean")
    assert rule["threshold"] == 300 * 1_000_000_000


def test_memory_is_compared_in_mebibytes() -> None:
    rule = a_rule("memory", 75)

    assert (rule["metric"], rule["aggregation_method"], rule["threshold"]) == ("memory.usage", "mean", 3072)


@pytest.mark.parametrize(
    ("period", "periods", "expected"), [(60, 1, 1), (300, 2, 2), (600, 1, 2), (601, 1, 3), (86400, 9, 100)]
)
def test_a_longer_span_is_several_of_those_that_are_kept(period: int, periods: int, expected: int) -> None:
    rule = a_rule(period_seconds=period, eval_periods=periods)

    assert (rule["granularity"], rule["evaluation_periods"]) == (300, expected)
