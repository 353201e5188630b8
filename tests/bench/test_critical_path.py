"""The longest way through a plan's calls, which no engine can beat."""

from bench.critical_path import TimedRun, critical_path


def test_the_longest_way_is_what_has_to_be_waited_for() -> None:
    #   network 1 ─ subnet 1 ─ port 1 ─ server 5
    #   volume 2 ───────────────────────┴ attachment 1
    runs = [
        TimedRun("network", 1),
        TimedRun("volume", 2),
        TimedRun("subnet", 1, ("network",)),
        TimedRun("port", 1, ("subnet",)),
        TimedRun("server", 5, ("port",)),
        TimedRun("attachment", 1, ("server", "volume")),
    ]
    length, way = critical_path(runs)
    assert length == 9
    assert [run.name for run in way] == ["network", "subnet", "port", "server", "attachment"]


def test_a_plan_without_calls_takes_no_time() -> None:
    assert critical_path([]) == (0.0, [])
