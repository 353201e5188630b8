"""The price books among the catalogue's files: there are many, and a process needs few of them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from catalog.domain.price_book_fields import BookProblem, PriceBookInvalid
from catalog.domain.price_book_files import read_price_book
from catalog.domain.price_books import PriceBook


class ShippedPriceBooks(Mapping[str, PriceBook]):
    """By key, which is the file's name. Each is read when somebody asks for it, and then kept.

    Asking for a book raises PriceBookInvalid where its file can't be used; which keys there are is known
    without reading any.
    """

    def __init__(self, folder: Path) -> None:
        self._files = {path.stem: path for path in sorted(folder.glob("*.json"))}
        self._read: dict[str, PriceBook] = {}

    def __getitem__(self, key: str) -> PriceBook:
        if key not in self._read:
            name = f"price_books/{self._files[key].name}"
            book = read_price_book(self.text(key), file=name)
            if book.key != key:
                raise PriceBookInvalid(
                    [BookProblem(name, "key", f"{book.key} is not what the file is called.")]
                )
            self._read[key] = book
        return self._read[key]

    def __contains__(self, key: Any) -> bool:
        return key in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def text(self, key: str) -> str:
        """Raises: KeyError."""
        return self._files[key].read_text(encoding="utf-8")
