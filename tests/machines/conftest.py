"""Worlds for tests: one design made real, shared by the tests of a file, gone with them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from designer.domain.resources import ResourceGraph
from tests.machines.world import World

Make = Callable[..., World]


@pytest.fixture(scope="module")
def world_of() -> Iterator[Make]:
    """Starts a graph's servers; all are up and set up when it returns."""
    worlds: list[World] = []

    def make(graph: ResourceGraph, **said: Any) -> World:
        world = World(graph, **said)
        worlds.append(world)
        return world.start().ready()

    yield make
    for world in worlds:
        world.close()
