"""FILE|KEY of the commands: a file or a template's key becomes a checked document, or one clear line.

`rax-webapp` is a template as published, `rax-webapp:hardened` its hardened form.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from catalog import selectors
from catalog.domain.problems import shown
from catalog.domain.templates import PUBLISHED, Template, build_document
from catalog.errors import TemplateFormNotFound, TemplateNotFound
from designer.domain.document import DesignDocument, DocumentInvalid, Json
from designer.domain.parsing import parse_document

BAD_INPUT = 2  # the exit status
MAX_FILE_BYTES = 8 * 1024 * 1024  # a document is smaller; indentation may be generous


@dataclass(frozen=True)
class LoadedDocument:
    """`name` is the template's key, with its form unless published, or the file's name without its ending."""

    name: str
    data: Json
    document: DesignDocument
    template: Template | None = None


def load_document(file_or_key: str) -> LoadedDocument:
    """A template's key goes before a file of that name; `./rax-basic` is always the file.

    Raises: CommandError with exit status 2.
    """
    template = None
    if file_or_key.partition(":")[0] in selectors.templates():
        try:
            template, form = selectors.get_template_form(file_or_key)
        except TemplateFormNotFound as not_found:
            raise bad_input(str(not_found)) from None
        data: Any = build_document(template, form=form)
        name = template.key if form == PUBLISHED else f"{template.key}-{form}"
    else:
        data = _json(_text(file_or_key), file_or_key)
        name = Path(file_or_key).stem
    try:
        document = parse_document(data, selectors.component_types())
    except DocumentInvalid as invalid:
        raise bad_input(f"{_plain(file_or_key)} is not a valid design. {_in_one_line(invalid)}") from None
    return LoadedDocument(name, data, document, template)


def bad_input(sentence: str) -> CommandError:
    return CommandError(sentence, returncode=BAD_INPUT)


def _text(file: str) -> str:
    try:
        with Path(file).open("rb") as opened:
            content = opened.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        hint = TemplateNotFound(file, selectors.templates()).hint
        raise bad_input(f"There is no template and no file called {shown(file)}.{hint}") from None
    except OSError as error:
        raise bad_input(f"{_plain(file)} can't be read: {error.strerror}.") from None
    if len(content) > MAX_FILE_BYTES:
        raise bad_input(
            f"{_plain(file)} is larger than {MAX_FILE_BYTES // 1024**2} MiB. A document is smaller."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise bad_input(
            f"{_plain(file)} is not UTF-8 text: byte {error.start} begins no character."
        ) from None


def _json(text: str, file: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_without_twins)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise bad_input(f"{_plain(file)} is not JSON: {error.msg} at {where}.") from None
    except _Twin as twin:
        raise bad_input(f"{_plain(file)} says {shown(twin.name)} twice in one object.") from None
    except ValueError:
        raise bad_input(f"{_plain(file)} holds a number with thousands of digits.") from None
    except RecursionError:
        raise bad_input(f"{_plain(file)} is nested too deeply.") from None


class _Twin(Exception):
    """JSON readers keep the last of two equal names without a word; here a component would be lost."""

    def __init__(self, name: str) -> None:
        self.name = name


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for name, value in pairs:
        if name in members:
            raise _Twin(name)
        members[name] = value
    return members


def _in_one_line(invalid: DocumentInvalid) -> str:
    first, *others = invalid.problems
    place = f"{first.at}: " if first.at else ""
    rest = f" ({len(others)} more problem{'s' if len(others) > 1 else ''})" if others else ""
    return f"{place}{first.detail}{rest}"


def _plain(file: str) -> str:
    """A file's name as it is, unless it would break or flood the line."""
    return file if file.isprintable() and 0 < len(file) <= 200 else shown(file)
