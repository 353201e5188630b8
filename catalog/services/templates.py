"""Template care: an own template is drafted, reviewed by a colleague, published and one day retired."""

import re
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from catalog import selectors
from catalog.domain.problems import Problem, shown
from catalog.domain.template_files import read_template
from catalog.domain.yaml_files import CatalogueBroken
from catalog.errors import (
    AuthorMayNotPublish,
    ReviewersOnly,
    TemplateKeyTaken,
    TemplateStepImpossible,
    TemplateVersionInvalid,
)
from catalog.models import TemplateVersion

State = TemplateVersion.State

_KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
MAX_KEY = 60


def draft_template(
    *,
    key: str,
    title: str,
    summary: str,
    source: str,
    price_book: str,
    document: Mapping[str, Any],
    created_by: User,
    parameters: Mapping[str, Any] | None = None,
) -> TemplateVersion:
    """Write a version of an own template down. Whoever has a draft of this key changes that one.

    Raises: TemplateKeyTaken, TemplateVersionInvalid, PriceBookNotFound.
    """
    _check_key(key)
    contents = {
        "title": title.strip(),
        "summary": summary.strip(),
        "source": source.strip(),
        "price_book": selectors.get_price_book(price_book).key,
        "document": dict(document),
        "parameters": dict(parameters or {}),
    }
    check_contents(key, contents)
    with transaction.atomic():
        versions = TemplateVersion.objects.select_for_update().filter(key=key)
        draft = versions.filter(state=State.DRAFT, created_by=created_by).first()
        if draft is None:
            newest = versions.order_by("-number").first()
            number = newest.number + 1 if newest else 1
            return TemplateVersion.objects.create(key=key, number=number, created_by=created_by, **contents)
        for name, value in contents.items():
            setattr(draft, name, value)
        draft.save()
        return draft


def submit_template(version: TemplateVersion, *, by: User) -> TemplateVersion:
    """Ask for a review. Raises: ReviewersOnly, TemplateStepImpossible."""
    _require(version.state == State.DRAFT, version, "submitted")
    if not may_submit(version, by):
        raise ReviewersOnly
    return _moved(version, State.REVIEW, submitted_by=by, submitted_at=timezone.now())


def return_template(version: TemplateVersion, *, by: User, note: str = "") -> TemplateVersion:
    """Give it back to its author with a note. Raises: ReviewersOnly, TemplateStepImpossible."""
    _require(version.state == State.REVIEW, version, "returned")
    if not by.is_staff:
        raise ReviewersOnly
    return _moved(version, State.DRAFT, returned_by=by, returned_at=timezone.now(), note=note.strip())


def publish_template(version: TemplateVersion, *, by: User) -> TemplateVersion:
    """Offer it to everybody, in place of the version before.

    Raises: ReviewersOnly, AuthorMayNotPublish, TemplateStepImpossible, TemplateVersionInvalid when the
    catalogue changed since the draft.
    """
    _require(version.state == State.REVIEW, version, "published")
    if not by.is_staff:
        raise ReviewersOnly
    if not may_publish(version, by):
        raise AuthorMayNotPublish
    check_contents(version.key, version.facts())
    with transaction.atomic():
        now = timezone.now()
        TemplateVersion.objects.published().filter(key=version.key).update(
            state=State.RETIRED, retired_by=by, retired_at=now, changed_at=now
        )
        return _moved(version, State.PUBLISHED, published_by=by, published_at=now)


def retire_template(version: TemplateVersion, *, by: User) -> TemplateVersion:
    """Offer it no more. Designs that began from it go on. Raises: ReviewersOnly, TemplateStepImpossible."""
    _require(version.state == State.PUBLISHED, version, "retired")
    if not by.is_staff:
        raise ReviewersOnly
    return _moved(version, State.RETIRED, retired_by=by, retired_at=timezone.now())


def may_submit(version: TemplateVersion, user: User) -> bool:
    return user.is_staff or version.created_by_id == user.pk


def may_publish(version: TemplateVersion, user: User) -> bool:
    """Four eyes, where there are four."""
    if not user.is_staff:
        return False
    return version.created_by_id != user.pk or not has_other_reviewers(user)


def has_other_reviewers(user: User) -> bool:
    return User.objects.filter(is_staff=True, is_active=True).exclude(pk=user.pk).exists()


def possible_steps(version: TemplateVersion, user: User, *, alone: bool) -> list[str]:
    """What this person may do with it next. `alone`: there is no other reviewer."""
    steps = {
        State.DRAFT: [("submit", may_submit(version, user))],
        State.REVIEW: [
            ("return", user.is_staff),
            ("publish", user.is_staff and (alone or version.created_by_id != user.pk)),
        ],
        State.PUBLISHED: [("retire", user.is_staff)],
        State.RETIRED: [],
    }
    return [name for name, allowed in steps[State(version.state)] if allowed]


def _moved(version: TemplateVersion, to: str, **said: Any) -> TemplateVersion:
    if not TemplateVersion.objects.move(version, to, **said):
        version.refresh_from_db()
        raise TemplateStepImpossible(str(version), version.state, "moved on")
    version.refresh_from_db()
    return version


def _require(possible: bool, version: TemplateVersion, done: str) -> None:
    if not possible:
        raise TemplateStepImpossible(str(version), version.state, done)


def _check_key(key: str) -> None:
    if not _KEY.fullmatch(key) or len(key) > MAX_KEY:
        detail = (
            f"A template's key is up to {MAX_KEY} lower-case letters, digits and single hyphens, a letter "
            f"first, not {shown(key)}."
        )
        raise TemplateVersionInvalid([Problem("key", detail)])
    if key in selectors.shipped_templates():
        raise TemplateKeyTaken(key)


def check_contents(key: str, contents: Mapping[str, Any]) -> None:
    """Raises: TemplateVersionInvalid."""
    try:
        read_template(key, dict(contents), selectors.component_types())
    except CatalogueBroken as broken:
        raise TemplateVersionInvalid(broken.problems) from None
