"""The socket of a deployment's watchers. It says only "look again"; what there is to see, the API answers."""

from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from deployer.errors import DeploymentNotFound
from deployer.events import group_of
from deployer.selectors import get_deployment

NOT_FOUND = 4404  # ours to choose from 4000 on; the screen stops asking when it reads this one


class DeploymentConsumer(AsyncJsonWebsocketConsumer):
    _group: str | None = None

    async def connect(self) -> None:
        user, deployment_id = self.scope["user"], self.scope["url_route"]["kwargs"]["deployment_id"]
        try:
            if not user.is_authenticated:
                raise DeploymentNotFound
            deployment = await database_sync_to_async(get_deployment)(user, deployment_id)
        except DeploymentNotFound:
            await self.accept()  # a refused handshake has no code that the screen could read
            await self.close(NOT_FOUND)
            return
        self._group = group_of(deployment.id)
        await self.channel_layer.group_add(self._group, self.channel_name)
        await self.accept()
        await self.send_json({"look_again": True})  # what happened before the socket was open

    async def disconnect(self, code: int) -> None:
        if self._group:
            await self.channel_layer.group_discard(self._group, self.channel_name)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        """Watchers have nothing to say."""

    async def look_again(self, event: dict[str, Any]) -> None:
        await self.send_json({"look_again": True})
