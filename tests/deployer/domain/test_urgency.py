"""What comes first when not all can start at once."""

from deployer.domain.urgency import most_urgent_first
from tests.deployer.domain.test_states import ARun


def names(runs: list[ARun]) -> list[str]:
    return [run.name for run in most_urgent_first(runs)]


def test_what_a_slow_thing_waits_for_comes_before_what_nothing_waits_for() -> None:
    #   rule     network -> subnet -> port -> server
    runs = [
        ARun("rule", kind="security_group_rule"),
        ARun("network"),
        ARun("subnet", kind="subnet", needs=["network"]),
        ARun("port", kind="port", needs=["subnet"]),
        ARun("server", kind="server", needs=["port"]),
    ]

    assert names(runs) == ["network", "subnet", "port", "server", "rule"]


def test_of_two_ways_the_longer_one_comes_first() -> None:
    runs = [
        ARun("volume", kind="volume"),
        ARun("port a", kind="port"),
        ARun("port b", kind="port"),
        ARun("server", kind="server", needs=["port a"]),
        ARun("balancer", kind="load_balancer", needs=["port b"]),
    ]

    assert names(runs) == ["port b", "balancer", "port a", "server", "volume"]


def test_equals_stay_in_their_order() -> None:
    assert names([ARun("b"), ARun("a"), ARun("c")]) == ["b", "a", "c"]
