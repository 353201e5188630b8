"""What a change did to a project: which things came and went, and what was done to the servers that stayed.

Read with openstacksdk alone. A thing is known by the cloud's own id, so one that was made anew is told as
gone and new; what Nova did to a server stands in the server's own record of actions.
"""

from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from openstack.connection import Connection

from tests.cloud.conftest import AT_ONCE, everything
from tests.cloud.figures import Regions

Touches = Mapping[str, int]


@dataclass(frozen=True)
class Trace:
    things: frozenset[tuple[str, str]]  # (kind, id)
    done: Mapping[str, Counter[str]]  # server id -> Nova's actions so far


def read_trace(regions: Regions) -> Trace:
    things = frozenset(one for conn in regions.values() for one in everything(conn))
    servers = [(conn, server) for conn in regions.values() for server in conn.compute.servers()]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = dict(pool.map(_done_to, servers))
    return Trace(things, done)


def _done_to(one: tuple[Connection, Any]) -> tuple[str, Counter[str]]:
    conn, server = one
    return server.id, Counter(action.action for action in conn.compute.server_actions(server))


def touches(before: Trace, after: Trace) -> Touches:
    """All that came, went or was worked on: `{"new server": 1, "new port": 1, "resize of a server": 2}`."""
    found: Counter[str] = Counter()
    found.update(f"new {kind}" for kind, _ in after.things - before.things)
    found.update(f"{kind} gone" for kind, _ in before.things - after.things)
    for server, done in after.done.items():
        for action, count in (done - before.done.get(server, done)).items():
            found[f"{action} of a server"] += count
    return dict(found)


def led_back(update: Touches) -> Touches:
    """What the way back does, unless told otherwise: what came goes, what went comes, the rest again."""
    return {_turned(words): count for words, count in update.items()}


def _turned(words: str) -> str:
    if words.startswith("new "):
        return f"{words.removeprefix('new ')} gone"
    return f"new {words.removesuffix(' gone')}" if words.endswith(" gone") else words
