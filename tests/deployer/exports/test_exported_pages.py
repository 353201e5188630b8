"""The pages of exports that were really made tell of the exports as they are now."""

import pytest

from tests.cloud import exported_playbooks, exported_stacks
from tests.cloud.expectations import templates
from tests.cloud.exported_stacks import NOT_YET


@pytest.mark.parametrize("template", sorted(templates()))
def test_a_row_is_about_the_stack_as_it_is_exported_now(template: str) -> None:
    told = exported_stacks.rows()[template]

    again = f"GOLDEN=rewrite .venv/bin/pytest -m cloud tests/cloud/test_heat_export.py -k {template}"
    is_true = NOT_YET in told or f"`{exported_stacks.fingerprint(template)}`" in told
    assert is_true, f"The export has changed. {again}"


@pytest.mark.parametrize("template", exported_playbooks.PLAYED)
def test_a_row_is_about_the_playbook_as_it_is_exported_now(template: str) -> None:
    told = exported_playbooks.rows()[template]

    again = f".venv/bin/pytest -m cloud tests/cloud/playing_playbooks.py -k {template}"
    is_true = NOT_YET in told or f"`{exported_playbooks.fingerprint(template)}`" in told
    assert is_true, f"The export has changed. {again}"


def test_the_pages_are_as_their_tests_write_them() -> None:
    for pages in (exported_stacks, exported_playbooks):
        assert pages.PAGE.read_text() == pages.page_with(pages.rows())
