"""manage.py import_prices FILE.csv"""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from catalog.domain.price_book_files import read_price_book

COLUMNS = (
    "provider,region,sku,service,resource_type,description,vcpus,ram_gib,disk_gib,unit,price,currency,tier_from,"
    "tier_to,term,effective_date,source_url,source_note,confidence"
)
NAT = "outscale,eu-west-2,NatGateway,FCU,nat-gateway,NAT gateway,,,,hour,{price},EUR,,,,,,,verbatim"
CORE = (
    "outscale,eu-west-2,CustomCore:v7-p2,FCU,server-component,vCore,1,,,vcore-hour,0.038,EUR,,,,,,,verbatim"
)
RAM = "outscale,eu-west-2,CustomRam,FCU,server-component,RAM,,1,,GiB-hour,0.005,EUR,,,,,,,verbatim"


def test_a_list_is_written_as_a_book(tmp_path: Path) -> None:
    prices, book_file = tmp_path / "prices.csv", tmp_path / "outscale.json"
    prices.write_text("\n".join([COLUMNS, NAT.format(price="0.05"), CORE, RAM]))
    out = StringIO()

    call_command("import_prices", str(prices), "--output", str(book_file), "--book-version", "2", stdout=out)

    book = read_price_book(book_file.read_text(), file="outscale.json")
    assert (book.key, book.version) == ("outscale", 2)
    assert out.getvalue().startswith("outscale.json: 7 prices")


def test_a_list_of_several_books_goes_into_a_directory(tmp_path: Path) -> None:
    prices, books = tmp_path / "prices.csv", tmp_path / "books"
    elsewhere = (row.replace("eu-west-2", "us-east-2") for row in (NAT.format(price="0.045"), CORE, RAM))
    prices.write_text("\n".join([COLUMNS, NAT.format(price="0.05"), CORE, RAM, *elsewhere]))

    call_command("import_prices", str(prices), "-o", str(books), stdout=StringIO())

    assert {path.name for path in books.iterdir()} == {"outscale.json", "outscale-us-east-2.json"}
    assert '"0.045"' in (books / "outscale-us-east-2.json").read_text()
    with pytest.raises(CommandError, match="makes 2 books"):
        call_command("import_prices", str(prices), "-o", str(tmp_path / "one.json"))
    call_command(
        "import_prices", str(prices), "-o", str(tmp_path / "one.json"), "--key", "outscale", stdout=StringIO()
    )
    assert '"eu-west-2"' in (tmp_path / "one.json").read_text()
    with pytest.raises(CommandError, match="makes no book 'acme'; it makes outscale, outscale-us-east-2"):
        call_command("import_prices", str(prices), "--key", "acme", "-o", str(tmp_path))


def test_a_refused_list_writes_nothing(tmp_path: Path) -> None:
    prices, book_file = tmp_path / "prices.csv", tmp_path / "outscale.json"
    prices.write_text("\n".join([COLUMNS, NAT.format(price="-0.05"), CORE, RAM]))

    with pytest.raises(CommandError) as refused:
        call_command("import_prices", str(prices), "--output", str(book_file))

    assert refused.value.returncode == 2
    assert "prices.csv: line 2 NatGateway.price: -0.05 is negative." in str(refused.value)
    assert not book_file.exists()


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="can't be read: No such file or directory") as refused:
        call_command("import_prices", str(tmp_path / "nothing.csv"))

    assert refused.value.returncode == 2
