"""The tables of kinds are about the same kinds."""

from deployer.cloud.handlers import HANDLERS
from deployer.domain.kinds import KINDS, LOCAL, facts_of
from designer.domain import resources


def test_every_kind_that_a_cloud_makes_has_a_handler() -> None:
    assert set(HANDLERS) == {kind for kind in KINDS if facts_of(kind).service != LOCAL}


def test_every_handler_is_for_the_kind_that_it_is_listed_under() -> None:
    assert {kind: handler.kind for kind, handler in HANDLERS.items()} == {kind: kind for kind in HANDLERS}


def test_every_kind_of_the_graph_is_made_or_arranged_by_hand() -> None:
    kinds = {
        value
        for name, value in vars(resources).items()
        if name.isupper() and isinstance(value, str) and not name.startswith("_")
    }

    assert kinds - {resources.EXTERNAL} == set(KINDS)
