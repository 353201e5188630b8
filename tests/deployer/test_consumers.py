"""The socket of a deployment's watchers."""

import json
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator
from channels.layers import get_channel_layer
from channels.routing import URLRouter
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction

from deployer.consumers import NOT_FOUND
from deployer.events import group_of, look_again_on_commit
from deployer.models import Deployment
from deployer.routing import websocket_urlpatterns
from tests.deployer.drawings import a_server

pytestmark = pytest.mark.django_db(transaction=True)


def a_watcher(deployment_id: Any, user: Any) -> ApplicationCommunicator:
    scope = {"type": "websocket", "path": f"/ws/deployments/{deployment_id}/", "headers": [], "user": user}
    return ApplicationCommunicator(URLRouter(websocket_urlpatterns), scope)


async def told(watcher: ApplicationCommunicator) -> Any:
    """The next thing that the socket says, its JSON read."""
    said = await watcher.receive_output(timeout=5)
    return json.loads(said["text"]) if said.get("text") else said


@pytest.fixture
def deployment(start: Any) -> Deployment:
    found: Deployment = start(a_server())
    return found


def test_a_watcher_is_told_to_look_at_once_and_after_every_change(deployment: Deployment, mara: User) -> None:
    async def watch() -> list[Any]:
        watcher = a_watcher(deployment.id, mara)
        await watcher.send_input({"type": "websocket.connect"})
        assert (await told(watcher))["type"] == "websocket.accept"
        seen = [await told(watcher)]
        layer = get_channel_layer()
        assert layer is not None
        await layer.group_send(group_of(deployment.id), {"type": "look.again"})
        seen.append(await told(watcher))
        await watcher.send_input({"type": "websocket.receive", "text": '{"anything": "at all"}'})
        assert await watcher.receive_nothing()
        await watcher.send_input({"type": "websocket.disconnect", "code": 1000})
        await watcher.wait()
        return seen

    assert async_to_sync(watch)() == [{"look_again": True}, {"look_again": True}]


def test_a_recorded_change_reaches_the_group(deployment: Deployment) -> None:
    layer = get_channel_layer()
    assert layer is not None
    async_to_sync(layer.group_add)(group_of(deployment.id), "a-watcher")

    with transaction.atomic():
        look_again_on_commit(deployment.id)

    assert async_to_sync(layer.receive)("a-watcher") == {"type": "look.again"}


@pytest.mark.parametrize("who", ["teo", "nobody", "mara, elsewhere"])
def test_whoever_may_not_see_it_is_told_that_it_is_not_there(
    who: str, deployment: Deployment, mara: User, teo: User
) -> None:
    user: Any = {"teo": teo, "nobody": AnonymousUser()}.get(who, mara)
    wanted = uuid4() if who == "mara, elsewhere" else deployment.id

    async def knock() -> Any:
        watcher = a_watcher(wanted, user)
        await watcher.send_input({"type": "websocket.connect"})
        await told(watcher)
        return await told(watcher)

    closed = async_to_sync(knock)()
    assert (closed["type"], closed["code"]) == ("websocket.close", NOT_FOUND)
