"""manage.py proposal FILE|KEY --price-book KEY -o out.pdf"""

from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError

from estimator.services.customers import create_customer
from estimator.services.sellers import change_seller_profile, create_wording
from tests.estimator.api.proposals_over_api import words_of


def run(*arguments: str) -> tuple[str, str]:
    out, beside = StringIO(), StringIO()
    call_command("proposal", *arguments, stdout=out, stderr=beside)
    return out.getvalue(), beside.getvalue()


def test_a_template_becomes_a_draft_and_what_is_in_the_way_is_said_beside_it(tmp_path: Path) -> None:
    pdf = tmp_path / "out.pdf"

    said, beside = run("rax-basic", "--price-book", "rackspace-public-cloud", "-o", str(pdf))

    assert said.startswith(f"{pdf}: ")
    assert "draft" in words_of(pdf.read_bytes())
    assert "Basic cloud" in words_of(pdf.read_bytes())
    assert "It is for nobody yet. Choose a customer." in beside
    assert "has no price. Write down why, or price it." in beside


@pytest.mark.django_db
def test_for_a_customer_it_carries_the_letterhead_the_texts_and_the_terms(tmp_path: Path, mara: User) -> None:
    create_customer(owner=mara, name="Harbour & Pine", markup_percent="17.3")
    change_seller_profile(mara, name="Nordlicht")
    create_wording(owner=mara, name="Shops", is_usual=True, summary="Sells at night too.")
    pdf = tmp_path / "out.pdf"

    run("rax-basic", "--price-book", "outscale", "--customer", "Harbour & Pine", "-o", str(pdf))

    words = words_of(pdf.read_bytes())
    assert "Nordlicht" in words
    assert "Sells at night too." in words
    assert "for Harbour & Pine" in words
    assert "17.3" not in words


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("rax-basic", "-o", "out.odt"), "ends in none of .pdf, .xlsx and .docx"),
        (("nothing", "-o", "out.pdf"), "no template and no file"),
        (("rax-basic", "-o", "no/such/folder/out.pdf"), "can't be written"),
    ],
)
def test_what_can_not_be_written_is_said_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(CommandError, match=sentence):
        run(*arguments, "--price-book", "outscale")

    assert not list(tmp_path.iterdir())
