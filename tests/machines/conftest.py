"""Worlds for tests: one design made real, shared by the tests of a file, gone with them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from designer.domain.resources import ResourceGraph
from tests.machines.world import World

Start = Callable[..., World]
Make = Callable[..., World]


@pytest.fixture(scope="module")
def start() -> Iterator[Start]:
    """Starts a graph's servers, which then set themselves up."""
    worlds: list[World] = []

    def start(graph: ResourceGraph, **said: Any) -> World:
        world = World(graph, **said)
        worlds.append(world)
        return world.start()

    yield start
    for world in worlds:
        world.close()


@pytest.fixture(scope="module")
def world_of(start: Start) -> Make:
    """Starts a graph's servers; all are up and set up when it returns."""
    return lambda graph, **said: start(graph, **said).ready()
