"""What a handler of one resource kind can do, and what most of them share."""

from collections.abc import Iterator, Sequence
from typing import Any

from openstack.connection import Connection

from deployer.domain.cloud import Item, Live, LiveStatus, NotFound, Order, Spec, Tag

DESCRIPTION_LENGTH = 255  # Neutron's and Octavia's limit


class Handler:
    """One kind. Methods speak to the cloud and wait for nothing; SDK exceptions pass through them."""

    kind: str

    def items(self, conn: Connection) -> Iterator[Item]:
        """Everything of this kind in the account."""
        raise NotImplementedError

    def find(self, conn: Connection, order: Order) -> Live | None:
        """What carries the order's tag. Kinds with few items need no better way than reading them all."""
        for item in self.items(conn):
            if item.tag == order.tag:
                return self.get(conn, item.cloud_id)
        return None

    def create(self, conn: Connection, order: Order) -> Live:
        raise NotImplementedError

    def create_together(self, conn: Connection, orders: Sequence[Order]) -> list[Live]:
        """For kinds of which the API makes several in one call: all of them, or none."""
        raise NotImplementedError

    def find_made(self, conn: Connection, order: Order, heat_id: str) -> Live:
        """What a stack has made of the order. Most kinds go by the same id as Heat's resources."""
        return self.get(conn, heat_id)

    def get(self, conn: Connection, cloud_id: str) -> Live:
        raise NotImplementedError

    def being_made(self, conn: Connection) -> Iterator[str]:
        """For kinds of which the API tells that in one cheap answer: the ids of all that it is making."""
        raise NotImplementedError

    def update(self, conn: Connection, cloud_id: str, spec: Spec, changed: frozenset[str]) -> Live:
        """Most kinds that get here have nothing that a cloud could change."""
        return self.get(conn, cloud_id)

    def delete(self, conn: Connection, cloud_id: str) -> None:
        raise NotImplementedError


class PlaceHandler(Handler):
    """A kind that is known by where it is, and so `find` tells it whoever made it."""

    def find_made(self, conn: Connection, order: Order, heat_id: str) -> Live:
        found = self.find(conn, order)
        if found is None:
            raise NotFound("It is not there.")
        return found


def counted(count: int, noun: str) -> str:
    """What an item holds: `1 snapshot`, `12 objects`, or nothing."""
    return f"{count} {noun}{'' if count == 1 else 's'}" if count else ""


def described(tag: Tag, text: object = "") -> str:
    """The tag first, so that cutting a long text never cuts the tag."""
    return f"{tag} {text or ''}".strip()[:DESCRIPTION_LENGTH]


def retold(old_description: str | None, text: object) -> str:
    """A new text behind the tag that is already there."""
    tag = Tag.find_in(old_description)
    return described(tag, text) if tag else str(text or "")[:DESCRIPTION_LENGTH]


def named(order: Order) -> str:
    """The name with the tag behind it, for APIs that have nothing else to carry it."""
    return f"{human_name(order.spec)} {order.tag}"[:255]


def human_name(spec: Spec) -> str:
    return str(spec.get("name") or "unnamed")[:200]


def read_status(
    status: str | None, *, failed: str = "ERROR", working: frozenset[str] = frozenset()
) -> LiveStatus:
    """Upper or lower case; everything that is neither failed nor working counts as there."""
    word = (status or "").upper()
    if word.startswith(failed):
        return LiveStatus.FAILED
    return LiveStatus.WORKING if word in working or word.startswith("PENDING") else LiveStatus.ACTIVE


def first_or_none(values: Any) -> Any:
    return next(iter(values or ()), None)
