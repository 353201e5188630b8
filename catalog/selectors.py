"""The only door to the catalogue. It is read from the files shipped in `catalog/data`, once a process."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from catalog.domain.component_specs import ComponentType
from catalog.domain.price_book_files import read_price_book
from catalog.domain.price_books import PriceBook
from catalog.domain.shipped import read_component_types
from catalog.domain.template_files import read_templates
from catalog.domain.templates import PUBLISHED, Template
from catalog.errors import PriceBookNotFound, TemplateFormNotFound, TemplateNotFound

DATA = Path(__file__).parent / "data"


def component_types() -> Mapping[str, ComponentType]:
    """Raises: CatalogueBroken."""
    return shipped_component_types()


@lru_cache(maxsize=1)
def shipped_component_types() -> Mapping[str, ComponentType]:
    """Raises: CatalogueBroken."""
    return read_component_types(
        _texts("component_types/*.yaml"),
        property_sets=_texts("property_sets/*.yaml"),
        links=_texts("links.yaml"),
    )


@lru_cache(maxsize=1)
def templates() -> Mapping[str, Template]:
    """Raises: CatalogueBroken."""
    return read_templates(_texts("templates/*.yaml"), shipped_component_types())


@lru_cache(maxsize=1)
def price_books() -> Mapping[str, PriceBook]:
    """Raises: PriceBookInvalid."""
    books = [read_price_book(text, file=name) for name, text in _texts("price_books/*.json").items()]
    return {book.key: book for book in books}


def get_template(key: str) -> Template:
    """Raises: TemplateNotFound."""
    try:
        return templates()[key]
    except KeyError:
        raise TemplateNotFound(key, templates()) from None


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


def get_price_book(key: str) -> PriceBook:
    """Raises: PriceBookNotFound."""
    try:
        return price_books()[key]
    except KeyError:
        raise PriceBookNotFound(key, price_books()) from None


def _texts(pattern: str) -> dict[str, str]:
    """File name within the catalogue's data -> text, in the order of the names."""
    return {
        str(path.relative_to(DATA)): path.read_text(encoding="utf-8") for path in sorted(DATA.glob(pattern))
    }
