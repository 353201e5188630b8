"""A frozen proposal as PDF, workbook and text document: what is in them, for whom, whatever labels say."""

import base64
import csv
import io
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from catalog.selectors import component_types
from designer.domain.document import DesignDocument
from designer.domain.parsing import parse_document
from estimator.documents.layout import layout_of
from estimator.documents.pdf import proposal_pdf
from estimator.documents.word import proposal_document
from estimator.documents.workbook import proposal_workbook
from estimator.domain.discounts import Markup
from estimator.domain.proposals.changes import Changes, find_changes
from estimator.domain.proposals.drafts import Buyer, Clause
from estimator.domain.proposals.freezing import Contents, freeze
from tests.estimator.proposals.offers import SUPPORT, TERMS, a_draft, an_option, drawn

HOSTILE = [
    '=HYPERLINK("http://evil.example","x")',
    '#eval(read("/etc/passwd")) $x$ *bold* <script>alert(1)</script>',
    "\\N ]] {{ }} %s 'quoted' \"twice\" & < >",
    "مرحبا שלום 漢字 नमस्ते 🙂",
    "\u0378 is no character yet",
    "x" * 200,
]


def frozen(*letters: str, **said: Any) -> Contents:
    options = tuple(an_option(letter, name=f"Way {letter}", findings=()) for letter in letters or ("A",))
    return freeze(a_draft(**said), options, component_types())


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize(("paper", "width"), [("a4", 595), ("letter", 612)])
def test_the_pdf_is_tagged_searchable_and_says_what_was_frozen(paper: str, width: int) -> None:
    contents = frozen("A", "B", paper=paper, recommended="B")

    pdf = proposal_pdf(contents.customer, contents.pictures, version=2)

    reader, words = PdfReader(io.BytesIO(pdf)), words_of(pdf)
    assert round(float(reader.pages[0].mediabox.width)) == width
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Shop platform for Harbour & Pine"
    for said in (
        "P-0007, version 2",
        "31 January 2027",
        "Option B",
        "recommended",
        "Setting up",
        "Within 30 days.",
    ):
        assert said in words
    net = Decimal(contents.customer["options"][0]["sums"]["net"]["monthly"])
    assert f"€{net:,}" in words
    assert proposal_pdf(contents.customer, contents.pictures, version=2) == pdf


def test_the_workbooks_formulas_come_to_the_totals_that_were_offered(tmp_path: Path) -> None:
    contents = frozen("A", "B")
    file = tmp_path / "proposal.xlsx"
    file.write_bytes(proposal_workbook(contents.customer, version=1))

    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
         "--outdir", str(tmp_path), str(file)],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip

    with (tmp_path / "proposal-Summary.csv").open() as lines:
        summary = {row[0]: row[1:] for row in csv.reader(lines) if row}
    for option in contents.customer["options"]:
        sums = option["sums"]
        told = summary[f"Option {option['letter']}: {option['name']}"]
        assert [Decimal(one) for one in told] == [
            Decimal(sums["net"]["monthly"]), Decimal(sums["net"]["one_time"]), Decimal(sums["term"])
        ]  # fmt: skip
        with (tmp_path / f"proposal-Option {option['letter']}.csv").open() as lines:
            rows = {row[2]: row for row in csv.reader(lines)}
        assert Decimal(rows["With tax"][7]) == Decimal(sums["tax"]["total"]["monthly"])
        assert Decimal(rows["With tax"][8]) == Decimal(sums["tax"]["total"]["one_time"])


def test_the_text_document_has_its_picture_its_bill_and_its_totals() -> None:
    contents = frozen()

    package = proposal_document(contents.customer, contents.pictures, version=1)

    found = docx.Document(io.BytesIO(package))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    assert len(found.inline_shapes) == 1
    assert "Setting up" in cells
    net = Decimal(contents.customer["options"][0]["sums"]["net"]["monthly"])
    assert f"€{net:,}" in cells
    assert proposal_document(contents.customer, contents.pictures, version=1) == package


def test_the_text_document_begins_with_the_logo() -> None:
    logo = io.BytesIO()
    Image.new("RGB", (72, 24)).save(logo, "PNG")
    seller = replace(a_draft().seller, logo=base64.b64encode(logo.getvalue()).decode())
    contents = frozen(seller=seller)

    package = proposal_document(contents.customer, contents.pictures, version=1)

    shown = docx.Document(io.BytesIO(package)).inline_shapes
    first, drawing = (one._inline.docPr.get("descr") for one in shown)
    assert first == seller.name
    assert drawing == contents.customer["options"][0]["picture"]["alternative"]


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("extras", range(0, 14, 3))
def test_totals_never_stand_on_a_page_without_a_row_above_them(paper: str, extras: int) -> None:
    """However long the bill is: one row more moves the foot of the table over the end of the page."""
    services = tuple(replace(SUPPORT, title=f"Service {at}") for at in range(1, extras + 2))
    contents = freeze(a_draft(), (an_option(extras=services, findings=()),), component_types())

    pdf = proposal_pdf(contents.customer, contents.pictures, version=1, paper=paper)

    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]
    (last,) = [page for page in pages if "With tax" in page]
    assert f"Service {extras + 1} " in last
    assert "Sum of the lines" in last
    assert "36 months in total" in last


def test_only_what_differs_between_options_is_compared() -> None:
    larger = drawn("rax-webapp")
    same = freeze(a_draft(), (an_option("A"), an_option("B")), component_types()).customer
    other = freeze(a_draft(), (an_option("A"), an_option("B", document=larger)), component_types()).customer

    assert [row[0] for row in layout_of(same, version=1)["comparison"]] == [
        "A month",
        "Once",
        "36 months in total",
    ]
    assert "Compute" in {row[0] for row in layout_of(other, version=1)["comparison"]}


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words_in_every_format(words: str) -> None:
    drawn: DesignDocument = parse_document(
        {
            "format": 1,
            "components": {
                "net": {"type": "network", "label": words[:90], "properties": {"cidr": "10.0.0.0/16"}},
                "web": {"type": "web_server", "parent": "net", "label": words[:90]},
            },
            "callouts": {"1": {"text": words, "components": ["web"]}},
        },
        component_types(),
    )
    option = an_option(
        document=drawn, name=words, intro=words, extras=(replace(an_option().extras[0], title=words),)
    )
    draft = a_draft(
        title=words, buyer=Buyer(words, words), summary=words, terms=(Clause(words, words),),
        benefits=(Clause(words, words),), valid_until=date(2027, 1, 1),
    )  # fmt: skip
    contents = freeze(draft, (option,), component_types())

    pdf = proposal_pdf(contents.customer, contents.pictures, version=1)
    sheet = proposal_workbook(contents.customer, version=1)
    text = proposal_document(contents.customer, contents.pictures, version=1)

    if words.isascii():
        letters = "".join(words.split())
        assert letters in "".join(words_of(pdf).split())
    assert "root:" not in words_of(pdf)
    book = load_workbook(io.BytesIO(sheet))
    assert book["Summary"]["A1"].value == words
    assert book["Summary"]["A1"].data_type == "s"
    formulas = [
        cell.value for page in book for row in page.iter_rows() for cell in row if cell.data_type == "f"
    ]
    assert not [one for one in formulas if "evil" in one]
    assert words in {paragraph.text for paragraph in docx.Document(io.BytesIO(text)).paragraphs}


@pytest.mark.parametrize("words", [*HOSTILE, "\u202eevil\u202c \u2066x", "word " * 2000, "y" * 10_000])
def test_a_letterhead_and_what_changed_are_as_hostile_as_anything_else(words: str) -> None:
    types, plain = component_types(), a_draft()
    before = freeze(plain, (an_option(findings=()),), types)
    name = words[:200]
    seller = replace(plain.seller, name=name, contact=name, address=f"{words[:900]}\n{name}")
    now = a_draft(seller=seller, terms=(Clause(words[:200], words),), summary=words)
    after = freeze(now, (an_option(findings=(), name=words[:200]),), types)
    changes = Changes(1, tuple(find_changes(before.customer, after.customer)))

    pdf = proposal_pdf(after.customer, after.pictures, version=2, changes=changes)
    sheet = proposal_workbook(after.customer, version=2, changes=changes)
    text = proposal_document(after.customer, after.pictures, version=2, changes=changes)

    assert "What changed since version 1" in words_of(pdf)
    assert "root:" not in words_of(pdf)
    told = load_workbook(io.BytesIO(sheet))["Changes"]
    assert "f" not in {cell.data_type for row in told.iter_rows() for cell in row}
    assert "What changed since version 1" in {one.text for one in docx.Document(io.BytesIO(text)).paragraphs}


def test_what_changed_tells_no_cost_and_no_margin() -> None:
    types, dearer = component_types(), replace(TERMS, markup=Markup(Decimal("23.7")))
    before = freeze(a_draft(), (an_option(findings=(), terms=TERMS),), types)
    after = freeze(a_draft(), (an_option(findings=(), terms=dearer),), types)
    secrets = [
        *("17.3", "23.7", "1811", "111.11"),
        *(
            amount
            for sums in (part.seller["options"][0]["sums"] for part in (before, after))
            for amount in (*sums["cost"].values(), *sums["margin"].values(), sums["margin_percent"])
        ),
    ]

    rows = find_changes(before.customer, after.customer)

    assert "A month, before tax" in {row.what for row in rows}
    told = " ".join(f"{row.before} {row.after}" for row in rows).replace(",", "")
    assert not [secret for secret in secrets if str(secret) in told]


def test_no_byte_that_a_customer_can_get_tells_cost_or_margin() -> None:
    contents = freeze(a_draft(), (an_option(findings=(), terms=TERMS),), component_types())
    sums = contents.seller["options"][0]["sums"]
    secrets = [
        "17.3",
        "1811",
        "111.11",
        *sums["cost"].values(),
        *sums["margin"].values(),
        sums["margin_percent"],
    ]

    pdf = words_of(proposal_pdf(contents.customer, contents.pictures, version=1)).replace(",", "")
    packages = [
        proposal_workbook(contents.customer, version=1),
        proposal_document(contents.customer, contents.pictures, version=1),
    ]
    texts = [pdf]
    for package in packages:
        with zipfile.ZipFile(io.BytesIO(package)) as files:
            texts += [
                files.read(name).decode(errors="replace")
                for name in files.namelist()
                if name.endswith((".xml", ".rels"))
            ]

    for text in texts:
        assert not [secret for secret in secrets if str(secret) in text.replace(",", "")]


def test_a_draft_for_nobody_yet_addresses_nobody() -> None:
    contents = frozen("A", buyer=Buyer("", ""))

    words = words_of(proposal_pdf(contents.customer, contents.pictures, version=1))

    assert "Shop platform for" not in words
    assert "Shop platform ·" not in words
    assert "The customer accepts this proposal" in words
    assert "Name and date, \n" not in words


def test_a_term_without_a_title_is_printed_without_the_full_stop_of_one() -> None:
    contents = frozen("A", terms=(Clause("", "Paid within a week."),))

    pdf = words_of(proposal_pdf(contents.customer, contents.pictures, version=1))
    written = docx.Document(io.BytesIO(proposal_document(contents.customer, contents.pictures, version=1)))

    assert "Paid within a week." in pdf
    assert ". Paid" not in pdf
    assert "Paid within a week." in [paragraph.text for paragraph in written.paragraphs]
