"""The page of exported stacks tells of the exports as they are now."""

import pytest

from tests.cloud.exported_stacks import EXPECTED, NOT_YET, PAGE, fingerprint, page_with, rows


@pytest.mark.parametrize("template", sorted(EXPECTED))
def test_a_row_is_about_the_export_as_it_is(template: str) -> None:
    told = rows()[template]

    again = f"GOLDEN=rewrite .venv/bin/pytest -m cloud tests/cloud/test_heat_export.py -k {template}"
    assert NOT_YET in told or f"`{fingerprint(template)}`" in told, f"The export has changed. {again}"


def test_the_page_is_as_its_test_writes_it() -> None:
    assert PAGE.read_text() == page_with(rows())
