"""The Cloud protocol, answered by a real OpenStack."""

import hashlib
import json
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Lock
from typing import Any

from openstack.connection import Connection

from deployer.cloud import running
from deployer.cloud.addresses import AddressPolicy
from deployer.cloud.connection import connect
from deployer.cloud.errors import speaking_plainly
from deployer.cloud.handlers import HANDLERS
from deployer.cloud.profile import read_profile, read_region_names
from deployer.cloud.rating import read_rating_rules
from deployer.domain.cloud import CloudError, CloudProfile, Item, Live, NotFound, Order, Spec
from deployer.domain.kinds import facts_of
from deployer.domain.operations import Look, Verb


class OpenStackCloud:
    """One signed-in account. Safe to call from several threads at once."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._services: frozenset[str] | None = None

    def read_profile(self) -> CloudProfile:
        profile = read_profile(self._conn)
        self._services = profile.services
        return profile

    def region_names(self) -> list[str]:
        with speaking_plainly():
            return read_region_names(self._conn)

    def read_rating(self) -> dict[str, Any]:
        return read_rating_rules(self._conn)

    def inventory(self, kinds: Iterable[str]) -> list[Item]:
        """Kinds whose service this cloud has not got are not there."""
        services = self._services if self._services is not None else self.read_profile().services
        wanted = [one for one in HANDLERS if one in set(kinds) and facts_of(one).service in services]
        with ThreadPoolExecutor(max_workers=8) as pool:
            return [item for items in pool.map(self._items, wanted) for item in items]

    def find(self, order: Order) -> Live | None:
        try:
            with speaking_plainly():
                return HANDLERS[order.kind].find(self._conn, order)
        except NotFound:  # what it would be inside may be gone too
            return None

    def create(self, order: Order) -> Live:
        with speaking_plainly():
            return HANDLERS[order.kind].create(self._conn, order)

    def create_together(self, orders: Sequence[Order]) -> Sequence[Live]:
        with speaking_plainly():
            return HANDLERS[orders[0].kind].create_together(self._conn, orders)

    def find_made(self, order: Order, heat_id: str) -> Live:
        with speaking_plainly():
            return HANDLERS[order.kind].find_made(self._conn, order, heat_id)

    def get(self, kind: str, cloud_id: str) -> Live:
        with speaking_plainly():
            return HANDLERS[kind].get(self._conn, cloud_id)

    def being_made(self, kind: str) -> frozenset[str]:
        with speaking_plainly():
            return frozenset(HANDLERS[kind].being_made(self._conn))

    def update(self, kind: str, cloud_id: str, spec: Spec, changed: frozenset[str]) -> Live:
        with speaking_plainly():
            return HANDLERS[kind].update(self._conn, cloud_id, spec, changed)

    def delete(self, kind: str, cloud_id: str) -> None:
        with speaking_plainly():
            HANDLERS[kind].delete(self._conn, cloud_id)

    def look_at(self, server_id: str, verb: Verb, since: datetime | None) -> Look:
        with speaking_plainly():
            return running.look_at(self._conn, server_id, verb, since)

    def ask(self, server_id: str, verb: Verb) -> None:
        with speaking_plainly():
            running.ask(self._conn, server_id, verb)

    def snapshot(self, kind: str, cloud_id: str, name: str, mark: str) -> Live:
        with speaking_plainly():
            return running.snapshot(self._conn, kind, cloud_id, name, mark)

    def find_snapshot(self, kind: str, mark: str) -> Live | None:
        with speaking_plainly():
            return running.find_snapshot(self._conn, kind, mark)

    def get_snapshot(self, kind: str, cloud_id: str) -> Live:
        with speaking_plainly():
            return running.get_snapshot(self._conn, kind, cloud_id)

    def delete_snapshot(self, kind: str, cloud_id: str) -> None:
        with speaking_plainly():
            running.delete_snapshot(self._conn, kind, cloud_id)

    def _items(self, kind: str) -> list[Item]:
        try:
            with speaking_plainly():
                return list(HANDLERS[kind].items(self._conn))
        except CloudError as error:
            words = f"Its {facts_of(kind).title.lower()} list cannot be read. {error.words}"
            raise type(error)(words, retry_after=error.retry_after) from error


_KEPT_SECONDS = 600
_MOST_KEPT = 32
_opened: dict[str, tuple[float, OpenStackCloud]] = {}
_lock = Lock()


def open_cloud(credential: Mapping[str, Any], policy: AddressPolicy) -> OpenStackCloud:
    """A connection for this credential, kept for a while: signing in anew for each turn takes time.

    Raises: AddressRefused, Unreachable.
    """
    digest = hashlib.sha256(json.dumps([credential, repr(policy)], sort_keys=True).encode()).hexdigest()
    now = time.monotonic()
    with _lock:
        for key in [key for key, (since, _) in _opened.items() if now - since > _KEPT_SECONDS]:
            del _opened[key]
        if digest in _opened:
            return _opened[digest][1]
    cloud = OpenStackCloud(connect(credential, policy))
    with _lock:
        if len(_opened) >= _MOST_KEPT:
            _opened.pop(next(iter(_opened)))
        _opened[digest] = (now, cloud)
    return cloud
