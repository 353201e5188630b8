"""Publishing, retiring and continuing an own type, and who sees it when."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from catalog import selectors
from catalog.errors import DraftExists, NotADraft, NotPublished, OwnTypeRefused, PublishedTypeIsFixed
from catalog.freshness import one_look
from catalog.models import ComponentTypeVersion
from catalog.services.own_types import publish_type, retire_type, start_new_version
from tests.catalog.own_types import RACKS, a_draft

pytestmark = pytest.mark.django_db
Counting = Callable[[int], AbstractContextManager[object]]


def test_a_draft_is_nobodys_business_and_a_published_type_is_everybodys(mara: User) -> None:
    draft = a_draft()
    assert "rack_probe" not in selectors.component_types()

    published = publish_type(draft, published_by=mara)

    assert selectors.component_types()["rack_probe"].label == "Rack probe"
    assert selectors.newest_types().keys() == {*selectors.shipped_component_types(), "rack_probe"}
    assert (published.state, published.published_by) == ("published", mara)
    assert published.published_at is not None


def test_a_retired_type_is_offered_no_more_and_still_opens(mara: User) -> None:
    version = retire_type(publish_type(a_draft(), published_by=mara), retired_by=mara)

    assert "rack_probe" not in selectors.newest_types()
    assert selectors.component_types()["rack_probe"].retired
    assert (version.retired_by, version.retired_at is not None) == (mara, True)


def test_a_new_version_begins_as_a_copy_and_leaves_the_old_one_alone(mara: User, teo: User) -> None:
    first = publish_type(a_draft(), published_by=mara)

    draft = start_new_version(first, created_by=teo)
    draft.properties = RACKS
    draft.save()
    second = publish_type(draft, published_by=mara)

    types = selectors.component_types()
    assert (second.version, second.created_by, str(second)) == (2, teo, "rack_probe@2")
    assert "probes" in types["rack_probe"].properties
    assert "racks" in types["rack_probe@2"].properties
    assert selectors.newest_types()["rack_probe"].version == 2


def test_a_published_version_never_changes(mara: User) -> None:
    version = publish_type(a_draft(), published_by=mara)

    version.label_generic = "Something else"
    with pytest.raises(PublishedTypeIsFixed):
        version.save()
    with pytest.raises(PublishedTypeIsFixed):
        version.delete()
    with pytest.raises(NotADraft):
        publish_type(version, published_by=mara)


def test_steps_that_make_no_sense_are_refused(mara: User) -> None:
    draft = a_draft()

    with pytest.raises(NotPublished, match="rack_probe is not published, so it can't be retired"):
        retire_type(draft, retired_by=mara)
    with pytest.raises(NotPublished, match="so it can't be continued"):
        start_new_version(draft, created_by=mara)
    first = publish_type(draft, published_by=mara)
    start_new_version(first, created_by=mara)
    with pytest.raises(DraftExists, match="rack_probe@2 is a draft already"):
        start_new_version(first, created_by=mara)


def test_the_database_itself_holds_versions_apart() -> None:
    a_draft()

    with pytest.raises(IntegrityError), transaction.atomic():
        a_draft()


def test_what_makes_no_type_is_not_published(mara: User) -> None:
    draft = a_draft(like="gone")

    with pytest.raises(OwnTypeRefused, match='There is no shipped type "gone"'):
        publish_type(draft, published_by=mara)
    assert ComponentTypeVersion.objects.get().is_draft


def test_a_type_that_no_longer_fits_is_left_out_and_named_in_the_log(
    mara: User, caplog: pytest.LogCaptureFixture
) -> None:
    publish_type(a_draft(), published_by=mara)
    publish_type(a_draft(key="other_probe"), published_by=mara)
    ComponentTypeVersion.objects.filter(key="other_probe").update(like="gone")  # as an upgrade might do

    types = selectors.component_types()

    assert "rack_probe" in types
    assert "other_probe" not in types
    assert [record.getMessage() for record in caplog.records] == ["own type left out"]


def test_the_database_is_asked_once_a_request_and_read_only_after_a_change(
    mara: User, django_assert_num_queries: Counting
) -> None:
    publish_type(a_draft(), published_by=mara)
    selectors.component_types()

    with django_assert_num_queries(1), one_look():
        assert selectors.component_types() is selectors.component_types()
    with one_look():
        selectors.component_types()
        retire_type(ComponentTypeVersion.objects.get(), retired_by=mara)
        assert selectors.component_types()["rack_probe"].retired


def test_another_process_sees_what_is_published_from_its_next_request_on(mara: User) -> None:
    publish_type(a_draft(), published_by=mara)
    selectors.component_types()

    # As another process would: the row changes without this process's services.
    row = ComponentTypeVersion.objects.get()
    ComponentTypeVersion.objects.create(
        **{
            field.attname: getattr(row, field.attname)
            for field in row._meta.concrete_fields
            if field.attname not in ("id", "version")
        },
        version=2,
    )

    assert "rack_probe@2" in selectors.component_types()


def test_without_any_database_the_shipped_types_are_there(tmp_path: object) -> None:
    program = (
        "import django; django.setup()\n"
        "from catalog.selectors import component_types, newest_types, templates\n"
        "print(len(component_types()), len(newest_types()), len(templates()) > 1)"
    )
    environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "STACKDRAFT_HOME": str(tmp_path),
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    ran = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False
    )

    assert ran.stdout.split() == ["65", "65", "True"], ran.stderr
