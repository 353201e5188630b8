"""Estimates as CSV and as workbooks: LibreOffice recomputes the formulas, and hostile labels stay labels."""

import csv
import io
import subprocess
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from catalog.domain.money import Rounding
from catalog.selectors import component_types, get_price_book
from designer.domain.resources import ResourceGraph
from estimator.domain.assumptions import Assumptions, TaxRule, Use
from estimator.domain.commercial_terms import CommercialTerms
from estimator.domain.currencies import Rate
from estimator.domain.discounts import Discount, Markup, Target
from estimator.domain.estimates import Estimate, estimate, estimate_design
from estimator.domain.grouping import Place
from estimator.exports.cells import rounded_formula
from estimator.exports.csv_file import estimate_csv
from estimator.exports.sheet import sheet_of
from estimator.exports.workbook import estimate_workbook
from tests.designer.designs import template
from tests.estimator.small_cloud import EGRESS, SERVER, STORAGE, VPN, a_book, a_group, a_store, a_vpn, servers

OFFICE = "soffice"
EVERYTHING = CommercialTerms(
    customer="Linden",
    markup=Markup(Decimal("17.5")),
    discounts=(
        Discount(Decimal("7.5"), Target.SERVICE, "server", order=1),
        Discount(Decimal(3), order=2, label="=Friend"),
    ),
    tax=TaxRule(Decimal("8.1"), "VAT"),
)
TO_FRANCS = Rate("USD", "CHF", Decimal("0.8123"), date(2026, 11, 20), "SNB")
GROWING = Assumptions(design=Use(growth_percent_month=Decimal(3)))

Recompute = Callable[[bytes], Any]


def priced(
    terms: CommercialTerms = EVERYTHING, label: str = "Web", assumptions: Assumptions = GROWING, **book: Any
) -> Estimate:
    graph = ResourceGraph.build(
        [*servers(3), a_store(517, 333), a_vpn(), a_group(1, 2, 4), a_store(1, 0, "unpriced")]
    )
    prices = a_book(SERVER, STORAGE, EGRESS, VPN, **book)
    return estimate(graph, prices, assumptions=assumptions, terms=terms, places={"web": Place(label)})


@pytest.fixture(scope="module")
def recompute(tmp_path_factory: pytest.TempPathFactory) -> Recompute:
    """LibreOffice opens the workbook, computes every formula and saves what it found."""
    home = tmp_path_factory.mktemp("office")

    def recompute(content: bytes) -> Any:
        source, target = home / "estimate.xlsx", home / "computed"
        source.write_bytes(content)
        profile = f"-env:UserInstallation=file://{home}/profile"
        command = [OFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", target, source]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return load_workbook(target / "estimate.xlsx", data_only=True)["Estimate"]

    return recompute


def under_the_lines(page: Any) -> dict[str, tuple[Decimal, Decimal]]:
    """Words -> what stands under `A month` and `Once`, in cents."""
    rows = [(row[2].value, row[7].value, row[8].value) for row in page.iter_rows(min_row=8)]
    return {
        str(words): (_cents(month), _cents(once))
        for words, month, once in rows
        if words is not None and isinstance(month, (int, float))
    }


def _cents(value: Any) -> Decimal:
    return Decimal(str(value or 0)).quantize(Decimal("0.01"))


@pytest.mark.parametrize(
    ("terms", "book"),
    [
        (CommercialTerms(), {}),
        (EVERYTHING, {}),
        (EVERYTHING, {"rounding": {"line": "0.01", "total": "0.05", "mode": "up"}}),
        (EVERYTHING, {"rounding": {"line": "0.05", "total": None, "mode": "half_even"}}),
        (CommercialTerms(rate=TO_FRANCS), {"rounding": {"line": "0.01", "total": "1", "mode": "half_up"}}),
        (CommercialTerms("Linden", Markup(Decimal(10)), EVERYTHING.discounts, EVERYTHING.tax, TO_FRANCS), {}),
        (EVERYTHING, {"tax": {"kind": "gross", "rate": "0.19"}}),
        (CommercialTerms(), {"tax": {"kind": "gross", "rate": "0.19"}}),
    ],
    ids=["list", "terms", "up", "half_even", "francs", "terms in francs", "gross with tax", "gross"],
)
@pytest.mark.parametrize("view", ["own", "customer"])
def test_the_formulas_come_to_the_same_totals(
    recompute: Recompute, terms: CommercialTerms, book: dict[str, Any], view: str
) -> None:
    found = priced(terms, **book)
    sheet = sheet_of("Shop", found if view == "own" else found.for_customer())

    computed = under_the_lines(recompute(estimate_workbook(sheet)))

    expected = {
        words: (_cents(amounts.monthly), _cents(amounts.one_time)) for _, words, amounts in sheet.closing()
    }
    assert {words: computed[words] for words in expected} == expected
    assert computed["A year"][0] == _cents(found.totals.yearly)
    for months, amount in found.periods.terms.items():
        assert computed[f"{months} months, with what is paid once"][0] == _cents(amount)


@pytest.mark.parametrize(
    ("key", "book"),
    [
        ("rax-webapp", "rackspace-public-cloud"),  # service levels and a least charge
        ("os-ecommerce-auto", "hetzner"),  # gross prices, a cap a month
        ("os-ecommerce-auto", "infomaniak"),
        ("osc-net", "outscale"),  # composed prices
    ],
)
def test_workbooks_of_templates_come_to_the_totals_of_their_estimates(
    recompute: Recompute, key: str, book: str
) -> None:
    found = estimate_design(
        template(key).document(), component_types(), get_price_book(book), terms=EVERYTHING
    )
    content = estimate_workbook(sheet_of(key, found))
    formulas = load_workbook(io.BytesIO(content))["Estimate"]
    computed = under_the_lines(recompute(content))

    priced_rows = [line for line in found.line_items if line.monthly]
    as_formulas = [row for row in formulas.iter_rows(min_row=8) if row[6].value and row[7].data_type == "f"]
    assert len(as_formulas) >= len(priced_rows) * 0.9, "amounts are computed, not copied"
    assert computed["Total"] == (_cents(found.totals.monthly), _cents(found.totals.one_time))
    assert found.tax is not None
    assert computed["Total with tax"][0] == _cents(found.tax.total.monthly)


def test_the_workbook_says_amounts_as_formulas_and_leaves_unknown_ones_empty() -> None:
    graph = ResourceGraph.build([*servers(), a_store()])
    page = load_workbook(io.BytesIO(estimate_workbook(sheet_of("Shop", estimate(graph, a_book(SERVER))))))[
        "Estimate"
    ]

    assert page["H8"].value == "=E8*G8"
    assert (page["G9"].value, page["H9"].value, page["I9"].value) == (None, None, None)
    assert page["H12"].value == "=ROUND(ROUND((SUM(H8:H10))/0.01,9),0)*0.01"


@pytest.mark.parametrize(
    ("mode", "formula"),
    [
        ("half_up", "ROUND(ROUND((A1)/0.05,9),0)*0.05"),
        ("up", "ROUNDUP(ROUND((A1)/0.05,9),0)*0.05"),
        ("down", "ROUNDDOWN(ROUND((A1)/0.05,9),0)*0.05"),
    ],
)
def test_a_formula_rounds_as_the_book_does(mode: str, formula: str) -> None:
    rounding = Rounding(line=Decimal("0.05"), total=None, mode=mode)

    assert rounded_formula("A1", rounding, of_line=True) == formula
    assert rounded_formula("A1", rounding, of_line=False) == "A1"


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", '=HYPERLINK("http://x","y")', "＝1", "\u00a0=1"]


@pytest.mark.parametrize("label", HOSTILE)
def test_a_label_is_never_a_formula(label: str, tmp_path: Path) -> None:
    sheet = sheet_of(label, priced(label=label))
    book = load_workbook(io.BytesIO(estimate_workbook(sheet)))
    page = book["Estimate"]
    [first, *_] = list(csv.DictReader(io.StringIO(estimate_csv(sheet))))

    for cell in (page["A1"], page["A8"]):
        assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", label, True)
    assert first["component"] == f"'{label}"


@settings(deadline=None, max_examples=40)
@given(label=st.text(max_size=60))
def test_any_label_leaves_a_file_that_opens(label: str) -> None:
    sheet = sheet_of(label, priced(CommercialTerms(), label, Assumptions()))

    page = load_workbook(io.BytesIO(estimate_workbook(sheet)))["Estimate"]
    rows = list(csv.reader(io.StringIO(estimate_csv(sheet), newline="")))

    assert page["A8"].data_type in ("s", "n", "inlineStr"), "text, or nothing"
    assert {len(row) for row in rows} == {14}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]
