"""The only door to the catalogue: shipped files, read once a process, and what operators add in rows."""

import json
from collections import ChainMap
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from catalog.domain.component_specs import ComponentType
from catalog.domain.own_types import newest
from catalog.domain.price_books import PriceBook
from catalog.domain.shipped import read_component_types
from catalog.domain.template_files import read_templates
from catalog.domain.templates import PUBLISHED, Template
from catalog.errors import PriceBookNotFound, TemplateFormNotFound, TemplateNotFound
from catalog.freshness import Fresh
from catalog.own_price_books import (
    OwnBooks,
    own_price_book,
    read_own_price_books,
    stamp_of_own_price_books,
)
from catalog.own_templates import read_own_templates, stamp_of_own_templates
from catalog.own_types import read_own_types, stamp_of_own_types
from catalog.shipped_price_books import ShippedPriceBooks

DATA = Path(__file__).parent / "data"


def component_types() -> Mapping[str, ComponentType]:
    """All types by the names that documents use, old versions and retired ones too: old designs open.

    Raises: CatalogueBroken.
    """
    return _with_own_types() or shipped_component_types()


def newest_types() -> Mapping[str, ComponentType]:
    """By key, what is offered to whoever draws. Raises: CatalogueBroken."""
    return newest(component_types())


@lru_cache(maxsize=1)
def shipped_component_types() -> Mapping[str, ComponentType]:
    """Raises: CatalogueBroken."""
    return read_component_types(
        _texts("component_types/*.yaml"),
        property_sets=_texts("property_sets/*.yaml"),
        links=_texts("links.yaml"),
    )


def templates() -> Mapping[str, Template]:
    """The shipped templates, then the published own ones. Raises: CatalogueBroken."""
    own = _own_templates()
    return {**shipped_templates(), **own} if own else shipped_templates()


@lru_cache(maxsize=1)
def shipped_templates() -> Mapping[str, Template]:
    """Raises: CatalogueBroken."""
    return read_templates(
        _texts("templates/*.yaml"), shipped_component_types(), price_books=shipped_price_books()
    )


def price_books() -> Mapping[str, PriceBook]:
    """By key, of each the newest version that is offered: shipped, or brought in and published.

    A shipped one is read when it is asked for, which raises PriceBookInvalid if it can't be.
    """
    shipped, own = shipped_price_books(), _own_price_books().offered
    newer = {
        key: book for key, book in own.items() if key not in shipped or shipped[key].version <= book.version
    }
    return ChainMap(newer, shipped) if newer else shipped  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def shipped_price_books() -> ShippedPriceBooks:
    """Raises, when a book is asked for: PriceBookInvalid."""
    return ShippedPriceBooks(DATA / "price_books")


def shipped_price_book_file(key: str) -> Mapping[str, Any]:
    """The file itself, to compare a newer one with."""
    return dict(json.loads(shipped_price_books().text(key)))


def get_template(key: str) -> Template:
    """Raises: TemplateNotFound."""
    known = templates()
    try:
        return known[key]
    except KeyError:
        raise TemplateNotFound(key, known) from None


def get_template_form(key_and_form: str) -> tuple[Template, str]:
    """`rax-webapp` is the template as published, `rax-webapp:hardened` its hardened form.

    Raises: TemplateNotFound, TemplateFormNotFound.
    """
    key, colon, form = key_and_form.partition(":")
    template = get_template(key)
    return template, checked_form(template, form if colon else PUBLISHED)


def checked_form(template: Template, form: str) -> str:
    """Raises: TemplateFormNotFound."""
    if form not in template.forms():
        raise TemplateFormNotFound(template.key, form, template.forms())
    return form


def get_price_book(reference: str, version: int | None = None) -> PriceBook:
    """`outscale` is the newest version, `outscale@2` that one, for good. A retired book goes on for those who
    name it.

    Raises: PriceBookNotFound.
    """
    key, at, number = reference.partition("@")
    if at and version is None:
        version = int(number) if number.isascii() and number.isdecimal() and len(number) < 7 else 0
    if version is None:
        book = price_books().get(key) or _own_price_books().retired.get(key)
    else:
        book = _book_at(key, version)
    if book is None:
        raise PriceBookNotFound(reference if version is None or at else f"{key}@{version}", price_books())
    return book


def checked_price_book(reference: str) -> str:
    """The reference as a design keeps it: with its version where it names one. Raises: PriceBookNotFound."""
    book = get_price_book(reference)
    return f"{book.key}@{book.version}" if "@" in reference else book.key


def _book_at(key: str, version: int) -> PriceBook | None:
    own = _own_price_books().contents.get((key, version))
    if own is not None:
        return own_price_book(own, f"{key}@{version}")
    shipped = shipped_price_books().get(key)
    return shipped if shipped is not None and shipped.version == version else None


def _texts(pattern: str) -> dict[str, str]:
    """File name within the catalogue's data -> text, in the order of the names."""
    return {
        str(path.relative_to(DATA)): path.read_text(encoding="utf-8") for path in sorted(DATA.glob(pattern))
    }


_with_own_types: Fresh[Mapping[str, ComponentType]] = Fresh(
    stamp_of_own_types, lambda: read_own_types(shipped_component_types()), absent={}
)
_own_templates: Fresh[Mapping[str, Template]] = Fresh(
    # They may draw own types, so they are read again when those change.
    lambda: (stamp_of_own_templates(), _with_own_types.current_stamp()),
    lambda: read_own_templates(component_types()),
    absent={},
)


_own_price_books: Fresh[OwnBooks] = Fresh(stamp_of_own_price_books, read_own_price_books, absent=OwnBooks())


def look_again() -> None:
    """This process published or retired something, and the request goes on."""
    for fresh in (_with_own_types, _own_templates, _own_price_books):
        fresh.look_again()
