"""The tables of kinds are about the same kinds."""

from types import SimpleNamespace

import pytest
from openstack.exceptions import NotFoundException

from deployer.cloud.handlers import HANDLERS
from deployer.cloud.openstack_cloud import OpenStackCloud
from deployer.domain.cloud import Order, Tag
from deployer.domain.kinds import KINDS, LOCAL, STACK, facts_of
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

    assert kinds - {resources.EXTERNAL} == set(KINDS) - {STACK}


def test_what_the_sdk_does_not_find_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupted step looks before it creates; a stack is then asked for by its name."""

    def missing(conn: object, order: Order) -> None:
        raise NotFoundException("The Stack could not be found.")

    monkeypatch.setattr(HANDLERS[resources.SCALING_GROUP], "find", missing)
    account = OpenStackCloud(conn=None)  # type: ignore[arg-type]

    assert account.find(Order(resources.SCALING_GROUP, Tag("d", "web/scaling_group"), {})) is None


@pytest.mark.parametrize("kind", [resources.SCALING_GROUP, STACK])
def test_a_deleted_stack_is_not_there_however_long_heat_lists_it(kind: str) -> None:
    deployment = "0b8f6a4e-2d0c-4a8e-9f39-5a1f0c2d7b11"
    gone = SimpleNamespace(
        id="1", name=f"stackdraft-{deployment}", status="DELETE_COMPLETE", status_reason=""
    )
    group = SimpleNamespace(**{**vars(gone), "name": f"{gone.name}-web.scaling_group"})
    conn = SimpleNamespace(orchestration=SimpleNamespace(stacks=lambda: iter([gone, group])))

    assert list(HANDLERS[kind].items(conn)) == []  # type: ignore[arg-type]
