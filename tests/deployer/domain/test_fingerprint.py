"""A plan's fingerprint changes with everything it was made from, and with nothing else."""

from typing import Any

import pytest

from deployer.domain.cloud import Item, Live, LiveStatus, Tag
from deployer.domain.fingerprint import fingerprint
from deployer.domain.plan import Recorded

PORT = Recorded("web/port", "port", "web", "p-1", {"name": "p"})
FACTS: dict[str, Any] = {
    "intent": "deploy",
    "cloud_id": "c-1",
    "revision_hash": "abc",
    "price_book": "rack 1",
    "recorded": {"web/port": PORT},
    "live": {"web/port": Live("p-1", LiveStatus.ACTIVE)},
    "strays": [],
}


@pytest.mark.parametrize(
    "change",
    [
        {"intent": "destroy"},
        {"cloud_id": "c-2"},
        {"revision_hash": "abd"},
        {"price_book": "rack 2"},
        {"recorded": {}},
        {"recorded": {"web/port": Recorded("web/port", "port", "web", "p-1", {"name": "q"})}},
        {"live": {}},
        {"live": {"web/port": Live("p-1", LiveStatus.FAILED)}},
        {"strays": [Item("port", "p-9", "p", Tag("d", "web/port"), LiveStatus.ACTIVE)]},
    ],
)
def test_it_changes_with(change: dict[str, Any]) -> None:
    assert fingerprint(**FACTS | change) != fingerprint(**FACTS)


def test_it_stays_with_the_same_facts_in_another_order() -> None:
    other = {"b": PORT, "web/port": PORT}, {"web/port": PORT, "b": PORT}

    assert fingerprint(**FACTS | {"recorded": other[0]}) == fingerprint(**FACTS | {"recorded": other[1]})
