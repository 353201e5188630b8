"""`manage.py check`, and so every command and start-up, finds a broken catalogue file before a user does."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register

from catalog import selectors
from catalog.domain.price_book_fields import PriceBookInvalid
from catalog.domain.yaml_files import CatalogueBroken

CATALOGUE = "catalogue"  # commands that only read documents ask for this check alone: it is quick
PRICE_BOOKS = "price_books"


@register(CATALOGUE)
def catalogue_fits_together(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    return list(_find_errors())


@register(PRICE_BOOKS)
def price_books_can_be_used(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Reads every shipped book, which whoever needs one of them doesn't wait for."""
    books = selectors.shipped_price_books()
    return [message for key in books for message in _find_unusable(key)]


def _find_unusable(key: str) -> Iterator[CheckMessage]:
    try:
        selectors.shipped_price_books()[key]
    except (PriceBookInvalid, OSError, UnicodeDecodeError) as error:
        yield Error(f"A price book can't be used. {error}", id="catalog.E001")


def _find_errors() -> Iterator[CheckMessage]:
    try:
        selectors.templates()
    except CatalogueBroken as broken:
        for problem in broken.problems:
            yield Error(f"{problem.at}: {problem.detail}", id="catalog.E002")
    except (OSError, UnicodeDecodeError) as error:
        yield Error(f"The catalogue can't be read: {error}", id="catalog.E003")
