"""The price books that operators brought in, read from their rows."""

import logging
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import Count, Max

from catalog.domain.price_book_fields import PriceBookInvalid
from catalog.domain.price_book_files import read_price_book
from catalog.domain.price_books import PriceBook
from catalog.errors import PriceBookVersionNotFound

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from catalog.models import PriceBookVersion

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class OwnBooks:
    """`offered` and `retired` by key, the newest version each; `contents`: (key, version) -> SHA-256."""

    offered: Mapping[str, PriceBook] = field(default_factory=dict)
    retired: Mapping[str, PriceBook] = field(default_factory=dict)
    contents: Mapping[tuple[str, int], str] = field(default_factory=dict)


def read_own_price_books() -> OwnBooks:
    """One that this program can't read any more is left out and named in the log: the others go on."""
    from catalog.models import PriceBookVersion  # needs Django's apps, which not every reader has

    offered: dict[str, PriceBook] = {}
    last_resort: dict[str, PriceBook] = {}
    contents: dict[tuple[str, int], str] = {}
    rows = PriceBookVersion.objects.in_use().order_by("key", "-version")
    for key, version, state, sha256 in rows.values_list("key", "version", "state", "sha256"):
        contents[key, version] = sha256
        is_offered = state == PriceBookVersion.State.PUBLISHED
        if not is_offered and (key in offered or key in last_resort):
            continue  # read when somebody asks for it
        if book := _readable(sha256, f"{key}@{version}"):
            (offered if is_offered else last_resort)[key] = book
    retired = {key: book for key, book in last_resort.items() if key not in offered}
    return OwnBooks(offered, retired, contents)


def stamp_of_own_price_books() -> Hashable:
    """Changes whenever one is published or retired."""
    from catalog.models import PriceBookVersion  # as above

    return tuple(PriceBookVersion.objects.in_use().aggregate(Count("id"), Max("changed_at")).values())


@lru_cache(maxsize=64)
def own_price_book(sha256: str, name: str) -> PriceBook:
    """A version that is in use, and therefore never changes. Raises: PriceBookInvalid."""
    from catalog.models import PriceBookVersion  # as above

    text = PriceBookVersion.objects.filter(sha256=sha256).values_list("text", flat=True)[0]
    return read_price_book(text, file=name)


def list_price_book_versions(user: "User", key: str = "") -> "list[PriceBookVersion]":
    """What this person may see, by key, the newest first."""
    from catalog.models import PriceBookVersion  # as above

    people = ("created_by", "published_by", "retired_by")
    found = PriceBookVersion.objects.visible_to(user).select_related(*people)
    found = found.prefetch_related("changes__by").defer("text")
    return list(found.filter(key=key) if key else found)


def get_price_book_version(user: "User", version_id: int) -> "PriceBookVersion":
    """Raises: PriceBookVersionNotFound, also for a draft that is not this person's business."""
    from catalog.models import PriceBookVersion  # as above

    found = PriceBookVersion.objects.visible_to(user).filter(id=version_id).first()
    if found is None:
        raise PriceBookVersionNotFound
    return found


def _readable(sha256: str, name: str) -> PriceBook | None:
    try:
        return own_price_book(sha256, name)
    except PriceBookInvalid as invalid:
        logger.error("own price book left out", extra={"price_book": name, "reason": str(invalid)[:2000]})
        return None
