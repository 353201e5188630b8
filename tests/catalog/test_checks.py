import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog import selectors
from catalog.checks import catalogue_fits_together


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

    assert any(
        message.startswith("A price book can't be used. price_books/outscale.json") for message in messages()
    )


def test_a_file_that_is_no_text_is_found_at_start(data: Path) -> None:
    (data / "component_types/volume.yaml").write_bytes(b"\xff\xfe\x00")

    (message,) = messages()
    assert message.startswith("The catalogue can't be read: ")
