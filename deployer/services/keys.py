"""What someone may ask for with the keys that secrets are kept under: seal all of them with the newest."""

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from cryptography.fernet import InvalidToken
from django.db.models import Model

from deployer.credentials import has_newest_key, seal_anew
from deployer.models import Cloud, Resource

logger = logging.getLogger(__name__)

# Every column that holds sealed values; a test compares it with the models.
SEALED: tuple[tuple[type[Model], str], ...] = (
    (Cloud, "sealed_credential"),
    (Resource, "sealed_outputs"),
)
BATCH = 200


@dataclass
class Rotation:
    """How many values, by the plural of what they belong to. `unreadable` names those that no key opens."""

    sealed: Counter[str] = field(default_factory=Counter)
    had_it: Counter[str] = field(default_factory=Counter)
    unreadable: list[str] = field(default_factory=list)


def rotate_keys() -> Rotation:
    """Seal every value with the newest key that is not under it yet.

    Each value is changed by itself, and only if nobody wrote it meanwhile; so it may be interrupted and
    repeated at any time, beside a running product.
    """
    done = Rotation()
    for model, column in SEALED:
        for row_id, text in _values(model, column):
            _rotate_one(done, model, column, row_id, text)
    logger.info("credential keys rotated", extra={"sealed": done.sealed.total()})
    return done


def count_old_keys() -> Rotation:
    """What `rotate_keys` would do. Changes nothing."""
    found = Rotation()
    for model, column in SEALED:
        for row_id, text in _values(model, column):
            if has_newest_key(text):
                found.had_it[_plural(model)] += 1
            elif _sealed_anew(found, model, row_id, text) is not None:
                found.sealed[_plural(model)] += 1
    return found


def _rotate_one(done: Rotation, model: type[Model], column: str, row_id: object, text: str) -> None:
    """Again while somebody else writes the same value: theirs may be under an old key too."""
    rows = model._default_manager.filter(pk=row_id)
    while text:
        if has_newest_key(text):
            done.had_it[_plural(model)] += 1
            return
        anew = _sealed_anew(done, model, row_id, text)
        if anew is None:
            return
        if rows.filter(**{column: text}).update(**{column: anew}):
            done.sealed[_plural(model)] += 1
            return
        text = rows.values_list(column, flat=True).first() or ""


def _sealed_anew(found: Rotation, model: type[Model], row_id: object, text: str) -> str | None:
    try:
        return seal_anew(text)
    except InvalidToken:
        found.unreadable.append(f"{model._meta.verbose_name} {row_id}")
        return None


def _values(model: type[Model], column: str) -> Iterator[tuple[object, str]]:
    """Row ids with their sealed text, a batch at a time, in the order of the ids."""
    last: object = None
    while True:
        rows = model._default_manager.exclude(**{column: ""}).order_by("pk")
        if last is not None:
            rows = rows.filter(pk__gt=last)
        batch = list(rows.values_list("pk", column)[:BATCH])
        yield from batch
        if len(batch) < BATCH:
            return
        last = batch[-1][0]


def _plural(model: type[Model]) -> str:
    return str(model._meta.verbose_name_plural)
