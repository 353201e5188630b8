"""Tables from strangers: what is wrong is told by row and column, and a bomb never goes off."""

import io
import zipfile
from decimal import Decimal
from typing import Any

import pytest

from catalog.domain.price_imports import tables
from catalog.domain.price_imports.uploads import RowProblem
from tests.catalog.price_list_files import converted, recorded, refusals, the_book, workbook

OWN = recorded("own-list.csv").decode()
LINES = OWN.splitlines()


def own(*lines: str) -> bytes:
    return "\n".join([LINES[0], *lines]).encode()


def refused(content: bytes, file: str = "list.csv") -> str:
    return refusals(content, file=file, kind="collected")


def sheet(**changed: Any) -> bytes:
    """The list as a workbook, numbers as numbers, with cells such as B3="x" changed."""
    rows = [[_typed(cell) for cell in line.split(",")] for line in LINES]
    for place, value in changed.items():
        rows[int(place[1:]) - 1][ord(place[0]) - ord("A")] = value
    return workbook(*rows)


def _typed(cell: str) -> Any:
    try:
        return float(cell) if cell else None
    except ValueError:
        return cell


# --- Lists of one's own ---------------------------------------------------------------------------------


def test_a_list_of_ones_own_becomes_a_book() -> None:
    book = the_book(converted(OWN.encode(), file="list.csv", kind="collected"))

    assert (book.key, book.provider, book.currency, book.valid_from) == (
        "our-cloud",
        "our-cloud",
        "CHF",
        "2026-11-01",
    )
    volume = book.price_of_sku("disk-ssd")
    assert volume is not None
    assert (volume.service, volume.selector, volume.unit_price) == (
        "volume",
        {"type": "ssd"},
        Decimal("0.12"),
    )
    traffic = book.price_of_sku("traffic")
    assert traffic is not None
    assert [(tier.start, tier.end, tier.price) for tier in traffic.tiers] == [
        (0, 1000, 0),
        (1000, None, Decimal("0.01")),
    ]
    address = book.price_of_sku("ip")
    assert address is not None
    assert (address.charge, address.source.kind) == ("included", "primary")


def test_a_workbook_gives_the_same_book_as_the_table() -> None:
    from_sheet = converted(sheet(), file="list.xlsx", kind="collected").books[0]

    assert from_sheet == converted(OWN.encode(), file="list.csv", kind="collected").books[0]


def test_each_row_that_is_wrong_is_named_with_its_column() -> None:
    def first(**cells: str) -> str:
        row = dict(zip(LINES[0].split(","), LINES[1].split(","), strict=True)) | cells
        return refused(own(",".join(row.values())))

    assert "line 2 s1.price: '0,05'" not in first(price="0.05")
    assert "line 2 s1.price: '5e-2' is no plain decimal. Write digits, such as \"0.128\"." in first(
        price="5e-2"
    )
    assert "line 2 s1.price: -1 is negative" in first(price="-1")
    assert "line 2 s1.unit: 'furlong' is no unit we know" in first(unit="furlong")
    assert "line 2 s1.resource_type: 'spaceship' is none of" in first(resource_type="spaceship")
    assert "is no choice such as type=ssd" in first(resource_type="server cheap")
    assert "line 2 s1.source_url: Say where" in first(source_url="")
    assert "line 2 s1.vcpus: A server has a size." in first(vcpus="")


def test_currencies_and_providers_do_not_mix() -> None:
    mixed = own(LINES[1], LINES[2].replace("CHF", "EUR"))
    assert "line 3 s2.currency: EUR in a list in CHF. One book has one currency." in refused(mixed)
    assert "line 3 s2.provider: theirs in a list of our-cloud" in refused(
        own(LINES[1], LINES[2].replace("our-cloud", "theirs"))
    )


def test_a_row_that_stands_there_twice_is_named_with_the_first() -> None:
    assert "line 3: It says the same as line 2." in refused(own(LINES[1], LINES[1]))
    again = own(LINES[1], LINES[1].replace("0.05", "0.06"))
    assert "line 3 s1.sku: Line 2 has this SKU already, and these are no tiers." in refused(again)


def test_a_gap_between_tiers_is_refused() -> None:
    tiers = [line for line in LINES if "traffic" in line]
    assert "There is a gap: the tiers before end at 1000, not 2000." in refused(
        own(tiers[0], tiers[1].replace("CHF,1000", "CHF,2000"))
    )


def test_every_region_of_a_list_is_a_book() -> None:
    found = converted(own(LINES[1], LINES[1].replace("basel", "bern")), file="l.csv", kind="collected")
    assert [book["key"] for book in found.books] == ["our-cloud-basel", "our-cloud-bern"]
    one = converted(
        own(LINES[1], LINES[1].replace("basel", "bern")), file="l.csv", kind="collected", region="bern"
    )
    assert [(book["key"], book["region"]) for book in one.books] == [("our-cloud", "bern")]


def test_regions_beyond_all_reason_are_refused() -> None:
    rows = [LINES[1].replace("basel", f"r{number}") for number in range(60)]
    assert "There are 60 regions; 50 books at once is the most." in refused(own(*rows))


# --- Hostile files --------------------------------------------------------------------------------------


def test_formulas_are_refused_wherever_they_stand() -> None:
    assert "line 2.price: This cell holds a formula. Put its value there." in refused(
        sheet(K2="=0.01*5"), "l.xlsx"
    )
    injected = own(LINES[1].replace("S1", '"=HYPERLINK(""http://x"")"'))
    assert "line 2.description: This cell holds a formula." in refused(injected)


def test_a_number_that_a_worksheet_cannot_keep_is_not_guessed() -> None:
    assert "line 2.price: 0.1234567890123456" in refused(sheet(K2=0.1234567890123456), "l.xlsx")
    assert refused(sheet(K2=0.0000123), "l.xlsx") == ""
    assert "line 2 s1.price: 'true' is no plain decimal" in refused(sheet(K2=True), "l.xlsx")


def test_a_bomb_in_a_workbook_is_not_unpacked() -> None:
    bomb = io.BytesIO(sheet())
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", b"0" * (tables.MAX_UNPACKED_BYTES + 1))

    assert len(bomb.getvalue()) < 2**20
    assert "Unpacked, this workbook has more than 100 MB" in refused(bomb.getvalue(), "l.xlsx")


def test_xml_entities_in_a_workbook_are_not_expanded() -> None:
    laughs = io.BytesIO()
    with zipfile.ZipFile(laughs, "w") as archive:
        archive.writestr("xl/workbook.xml", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>')

    assert "brings XML entities" in refused(laughs.getvalue(), "l.xlsx")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04 and then nothing", "This is no XLSX workbook that can be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "This is no XLSX workbook. Save it as .xlsx"),
        (b"", "The file is empty"),
        ("preis\n1,5 €".encode("cp1252"), "Line 2 is not UTF-8 text"),
        (OWN.encode("utf-16"), "Line 1 is not UTF-8 text"),
        (b"a,b\n\x00,1", "Line 2 holds a zero byte"),
        (b'provider,"region\n', "This is no CSV"),
        (b"a,b\n1,2", "These columns are missing: provider, region"),
        (LINES[0].encode(), "The table has no rows below its header"),
        (b"," * 500, "columns; 100 is the most"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(content: bytes, told: str) -> None:
    assert told in refused(content)


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert "This is no XLSX workbook that can be read" in refused(other.getvalue(), "l.xlsx")


def test_a_huge_file_is_refused_before_it_is_read() -> None:
    assert refused(b"a" * (100 * 2**20)) == (
        "list.csv: file: The file has 100 MB; 20 MB is the most. Split it by provider."
    )


def test_more_rows_than_any_provider_has_are_refused() -> None:
    rows = "\n".join(f"{number}" for number in range(tables.MAX_ROWS + 2))
    assert "more than 50000 rows" in refused(rows.encode())


def test_a_place_in_a_table_is_a_row_and_a_column() -> None:
    from catalog.domain.price_book_fields import BookProblem

    assert RowProblem.of(BookProblem("f", "line 7 b2.small.price", "no")).column == "price"
    assert RowProblem.of(BookProblem("f", "line 7 b2.small", "no")).column == ""
    assert RowProblem.of(BookProblem("f", "line 7 b2.small", "no")).row == 7
    assert RowProblem.of(BookProblem("f", "prices[3] x.unit", "no")).row is None
