"""Fifty deployments at once on two workers, with PostgreSQL and Redis: all come to an end, and none starves.

    pytest -s tests/faults/fifty_at_once.py      not part of `make test`: it takes minutes

Time is counted in turns, which are short pieces of work that somebody may take next: a clock would tell how
busy this machine is.
"""

import statistics
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.deployer.drawings import a_site
from tests.faults.stack import Stack
from tests.servers import private_postgresql

pytestmark = [pytest.mark.timeout(1800)]
NAMES = [f"shop {number:02}" for number in range(50)]
PATIENCE_SECONDS = 1200
MOST_TIMES_THE_MEDIAN = 3


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with (
        private_postgresql() as database,
        Stack(tmp_path_factory.mktemp("c"), database=database) as stack,
    ):
        yield stack


def test_fifty_deployments_share_two_workers_and_none_starves(crowded: Stack) -> None:
    deployments = crowded.apply(NAMES, "deploy", {"document": a_site().data})
    deadline = time.monotonic() + PATIENCE_SECONDS
    while set(crowded.statuses().values()) & {"queued", "running"}:
        assert time.monotonic() < deadline, Counter(crowded.statuses().values())
        time.sleep(0.5)

    assert Counter(crowded.statuses().values()) == {"succeeded": len(NAMES)}
    turns = sorted(turn for (turn,) in crowded.ask("select turn from deployer_deployment"))
    print(f"turns: {turns[0]} to {turns[-1]}, median {statistics.median(turns)}")
    assert turns[-1] <= MOST_TIMES_THE_MEDIAN * statistics.median(turns), turns
    assert began_late(crowded) == [], "some had to wait until others were through"
    standing = {(one.kind, one.cloud_id) for one in crowded.cloud.everything()}
    assert standing == crowded.recorded()
    assert len({str(one.tag) for one in crowded.cloud.everything()}) == len(standing)
    assert len(deployments) == len(NAMES)


def began_late(stack: Stack) -> list[str]:
    """Deployments whose first resource stood only after half of all had ended."""
    first: dict[str, int] = {}
    ends: list[int] = []
    told = stack.ask("select id, deployment_id, text from deployer_deploymentevent order by id")
    for place, (_, deployment, text) in enumerate(told):
        if text.endswith("is there."):
            first.setdefault(str(deployment), place)
        if text.startswith("The deployment has"):
            ends.append(place)
    half = sorted(ends)[len(ends) // 2]
    return [deployment for deployment, place in first.items() if place > half]
