"""Prices that hold from a day on: the command, the API and the comparison answer with those of today."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone
from rest_framework.test import APIClient

from designer.services.designs import create_design
from tests.designer.designs import a_design

pytestmark = pytest.mark.django_db

# b3-8 and the gateway are 730 × 0.0512 + 730 × 0.0028 = 39.42; from 2026-10-01 on the server has no disk
# of its own and starts from a volume, 20 GB × 0.086 = 1.72 more.
SERVER_OF_A_DAY = [(date(2026, 9, 30), "39.42"), (date(2026, 10, 1), "41.14")]


@pytest.mark.parametrize(("day", "monthly"), SERVER_OF_A_DAY)
def test_command_api_and_comparison_answer_with_the_prices_of_today(
    day: date, monthly: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing = a_design().with_("web", "web_server", parent="sn", flavor="b3-8", public_address=False)
    file = tmp_path / "web.json"
    file.write_text(json.dumps(drawing.data))
    owner = User.objects.create_user("mara")
    design = create_design(name="shop", owner=owner, document=drawing.data)
    api = APIClient()
    api.force_authenticate(owner)
    monkeypatch.setattr(timezone, "localdate", lambda: day)

    printed = StringIO()
    call_command("estimate", str(file), "--price-book", "ovh", "--json", stdout=printed)
    answered = api.get(f"/api/designs/{design.id}/estimate/?price_book=ovh").json()
    [compared] = api.get(f"/api/designs/{design.id}/comparison/?price_books=ovh").json()

    said = [found["totals"]["monthly"] for found in (json.loads(printed.getvalue()), answered, compared)]
    assert {Decimal(one) for one in said} == {Decimal(monthly)}
