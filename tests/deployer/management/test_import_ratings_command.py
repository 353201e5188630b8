"""manage.py import_ratings --cloud NAME --currency CHF"""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError

from catalog.models import PriceBookVersion
from tests.deployer.rating_cloud import rating_cloud

pytestmark = pytest.mark.django_db


def said(tmp_path: Path, *arguments: str, currency: str = "CHF") -> str:
    out = StringIO()
    with rating_cloud() as cloud:
        path = tmp_path / "clouds.yaml"
        path.write_text(json.dumps({"clouds": {"alpine": cloud.credential}}))
        call_command(
            "import_ratings", "--cloud", "alpine", "--currency", currency, "--clouds-yaml", str(path),
            *arguments, stdout=out,
        )  # fmt: skip
    return out.getvalue()


def test_a_cloud_of_a_clouds_yaml_tells_its_prices(tmp_path: Path, mara: User) -> None:
    looked = said(tmp_path, "--dry-run")
    assert "alpine-rating, version 1 (new): 7 added" in looked
    assert "  m1.unrated: No rule is about this flavor." in looked
    assert PriceBookVersion.objects.count() == 0

    assert "Kept as alpine-rating@1, draft." in said(tmp_path)
    assert PriceBookVersion.objects.get().created_by == mara


def test_a_currency_that_is_none_is_one_refusal(tmp_path: Path, mara: User) -> None:
    with pytest.raises(CommandError, match="rating rules of alpine was refused") as refused:
        said(tmp_path, currency="francs")

    assert refused.value.returncode == 2
