"""manage.py estimate FILE|KEY --price-book KEY [--json]"""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from catalog.selectors import get_template


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("estimate", *arguments, stdout=out)
    return out.getvalue()


def test_the_table_shows_lines_total_and_sources() -> None:
    shown = run("rax-basic", "--price-book", "rackspace-public-cloud")

    assert "730 hour × 0.128" in shown
    assert "General1-4, 4 vCPU · 4 GiB, +2 vCPU spare" in shown
    assert "no price in this book" in shown
    assert "1 of 14 lines has no price" in shown
    assert "$484.64 to $773.36 as the load asks" in shown, "three growth servers may come"
    assert "https://www.rackspace.com/cloud/public-pricing (primary, read 2016-03-03)" in shown


def test_json_is_one_value_and_nothing_else() -> None:
    found = json.loads(run("osc-net", "--price-book", "outscale", "--json"))

    assert found["currency"] == "EUR"
    assert found["coverage"] == "1.00"
    assert all(isinstance(amount, str) for amount in found["totals"].values())


def test_an_unknown_book_is_one_line_that_names_the_known_ones() -> None:
    with pytest.raises(CommandError) as refused:
        run("rax-basic", "--price-book", "nobody\n's")

    assert refused.value.returncode == 2
    assert str(refused.value) == (
        'There is no price book called "nobody\\n\'s". There are outscale, rackspace-public-cloud.'
    )


def test_a_file_with_hours_runs_its_servers_that_long(tmp_path: Path) -> None:
    document = json.loads(json.dumps(get_template("rax-basic").document))
    document["settings"]["hours_per_month"] = 100
    file = tmp_path / "nights-off.json"
    file.write_text(json.dumps(document))

    shown = run(str(file), "--price-book", "rackspace-public-cloud")

    assert shown.startswith("nights-off, Rackspace public cloud, 2016")
    assert "100 hour × 0.128" in shown
    assert "730 hour × 0.24" in shown  # the database stays on


def test_an_empty_design_says_so(tmp_path: Path) -> None:
    file = tmp_path / "empty.json"
    file.write_text('{"format": 1, "settings": {}, "components": {}, "links": {}}')

    shown = run(str(file), "--price-book", "outscale")

    assert "Nothing in this design has a price yet." in shown
    assert "100% priced" in shown
