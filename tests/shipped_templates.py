"""Every shipped template in every form, and the files that its graph, estimate and picture are held against.

A new template has no such files, so the tests fail until `make golden` wrote them and somebody read them.
"""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from catalog.domain.templates import PUBLISHED
from catalog.selectors import get_template, templates
from tests.designer.designs import Design

GOLDEN = Path(__file__).parent / "golden"
FORMS = [(key, form) for key, template in sorted(templates().items()) for form in template.forms()]


def name_of(key: str, form: str) -> str:
    """What files of this form are called: `rax-webapp`, `rax-webapp-hardened`."""
    return key if form == PUBLISHED else f"{key}-{form}"


each_form = pytest.mark.parametrize(("key", "form"), FORMS, ids=[name_of(*one) for one in FORMS])


def design_of(key: str, form: str = PUBLISHED) -> Design:
    return Design(get_template(key).drawn(form))


def assert_golden(file: Path, text: str) -> None:
    """`make golden` writes the file anew: read the difference before you commit it."""
    if os.environ.get("GOLDEN") == "rewrite":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    if not file.exists():
        pytest.fail(f"{file.name} is missing. `make golden` writes it, then read it.")
    assert text == file.read_text(encoding="utf-8"), f"{file.name} differs. `make golden`, then read it."


def a_row_each(rows: Iterable[Mapping[str, Any]], indent: str = "") -> str:
    """A JSON list with one entry a line: short enough for large designs, and a change is one line."""
    lines = ",\n".join(f"{indent} {json.dumps(row, ensure_ascii=False)}" for row in rows)
    return f"[\n{lines}\n{indent}]" if lines else "[]"
