"""What someone may ask for with an own component type: publish it, retire it, start its next version."""

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from catalog import selectors
from catalog.domain.own_types import OwnTypeInvalid, read_own_type
from catalog.errors import DraftExists, NotADraft, NotPublished, OwnTypeRefused
from catalog.models import ComponentTypeVersion as Version

State = Version.State
# What a new version begins with.
_CARRIED = (
    "key", "like", "icon", "label_generic", "label_rackspace", "label_openstack", "label_outscale",
    "singular", "summary", "properties",
)  # fmt: skip


@transaction.atomic
def publish_type(draft: Version, *, published_by: User | None) -> Version:
    """Offer a draft to everybody, in all processes, from the next request on. It never changes again.

    Raises: OwnTypeRefused when a shipped type changed since it was written, NotADraft.
    """
    draft.refresh_from_db()
    try:
        read_own_type(draft.as_written(), selectors.shipped_component_types())
    except OwnTypeInvalid as invalid:
        raise OwnTypeRefused(str(draft), invalid.problems) from None
    now = timezone.now()
    published = Version.objects.filter(pk=draft.pk, state=State.DRAFT).update(
        state=State.PUBLISHED, published_at=now, published_by=published_by, changed_at=now
    )
    if not published:
        raise NotADraft(str(draft))
    return _told(draft)


@transaction.atomic
def retire_type(version: Version, *, retired_by: User | None) -> Version:
    """Offer it no more. Designs that use it go on opening, pricing and deploying. Raises: NotPublished."""
    now = timezone.now()
    retired = Version.objects.filter(pk=version.pk, state=State.PUBLISHED).update(
        state=State.RETIRED, retired_at=now, retired_by=retired_by, changed_at=now
    )
    if not retired:
        raise NotPublished(str(version), "retired")
    return _told(version)


def start_new_version(version: Version, *, created_by: User | None) -> Version:
    """A draft that begins as a copy of this version. Raises: NotPublished, DraftExists."""
    if version.is_draft:
        raise NotPublished(str(version), "continued")
    newest = Version.objects.filter(key=version.key).order_by("-version")[0]
    if newest.is_draft:
        raise DraftExists(str(newest))
    said = {name: getattr(version, name) for name in _CARRIED}
    try:
        with transaction.atomic():
            return Version.objects.create(**said, version=newest.version + 1, created_by=created_by)
    except IntegrityError:  # somebody else was first
        raise DraftExists(version.key) from None


def _told(version: Version) -> Version:
    selectors.look_again()
    version.refresh_from_db()
    return version
