import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog import selectors
from catalog.checks import catalogue_fits_together, price_books_can_be_used


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the catalogue's files that a test may break."""
    copied = Path(shutil.copytree(selectors.DATA, tmp_path / "data"))
    readers = (selectors.shipped_component_types, selectors.shipped_templates, selectors.shipped_price_books)
    monkeypatch.setattr(selectors, "DATA", copied)
    for reader in readers:
        reader.cache_clear()
    yield copied
    for reader in readers:
        reader.cache_clear()


def messages() -> list[str]:
    return [message.msg for message in catalogue_fits_together(None)]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_the_shipped_catalogue_fits_together(data: Path) -> None:
    assert messages() == []
    assert price_books_can_be_used(None) == []


def test_a_dangling_link_in_a_template_is_found_at_start(data: Path) -> None:
    change(data / "templates/rax-basic.yaml", "target: db", "target: dbx")

    assert messages() == [
        'templates/rax-basic.yaml: document.links.web-db.target: The target "dbx" is not in the design.',
        'templates/rax-basic.yaml: document.links.grow-db.target: The target "dbx" is not in the design.',
    ]


def test_a_broken_type_file_is_found_at_start(data: Path) -> None:
    change(data / "component_types/volume.yaml", "category: storage", "category: attic")

    (message,) = messages()
    assert message.startswith("component_types/volume.yaml: category: is one of ")


def test_a_missing_price_book_is_found_at_start(data: Path) -> None:
    change(data / "templates/osc-net.yaml", "price_book: outscale", "price_book: outsmart")

    assert messages() == ["templates/osc-net.yaml: price_book: There is no price book called outsmart."]


def test_a_broken_price_book_is_found_at_start(data: Path) -> None:
    (data / "price_books/outscale.json").write_text("{")

    (message,) = price_books_can_be_used(None)
    assert message.msg.startswith(
        "A price book can't be used. price_books/outscale.json: file: This is no JSON"
    )


def test_a_price_book_in_a_file_of_another_name_is_found_at_start(data: Path) -> None:
    (data / "price_books/outscale.json").rename(data / "price_books/insight.json")

    (message,) = price_books_can_be_used(None)
    assert "price_books/insight.json: key: outscale is not what the file is called." in message.msg


def test_only_the_price_book_that_is_asked_for_is_read(data: Path) -> None:
    (data / "price_books/broken.json").write_text("{")

    assert selectors.get_price_book("outscale").key == "outscale"
    assert "broken" in selectors.price_books()


def test_a_file_that_is_no_text_is_found_at_start(data: Path) -> None:
    (data / "component_types/volume.yaml").write_bytes(b"\xff\xfe\x00")

    (message,) = messages()
    assert message.startswith("The catalogue can't be read: ")
