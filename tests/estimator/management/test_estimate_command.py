"""manage.py estimate FILE|KEY --price-book KEY [--json]"""

import json
from decimal import Decimal
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


def test_doubt_stands_beside_the_total_and_each_source_once() -> None:
    shown = run("os-ecommerce-auto", "--price-book", "ovh").splitlines()

    [total] = [number for number, line in enumerate(shown) if line.startswith("A month")]
    assert "a third party that nobody corroborated" in shown[total + 1]
    sources = shown[shown.index("Sources") + 1 :]
    assert len(sources) == len(set(sources))
    assert "corroborated" not in run("rax-basic", "--price-book", "rackspace-public-cloud")


def test_json_is_one_value_and_nothing_else() -> None:
    found = json.loads(run("osc-net", "--price-book", "outscale", "--json"))

    assert found["currency"] == "EUR"
    assert found["coverage"] == "1.00"
    assert all(isinstance(amount, str) for amount in found["totals"].values())


def test_an_unknown_book_is_one_line_that_names_the_known_ones() -> None:
    with pytest.raises(CommandError) as refused:
        run("rax-basic", "--price-book", "nobody\n's")

    assert refused.value.returncode == 2
    [line] = str(refused.value).splitlines()
    assert line.startswith('There is no price book called "nobody\\n\'s". There are ')
    assert "rackspace-public-cloud" in line


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


def test_what_if_it_were_used_more_or_promised_for_longer(tmp_path: Path) -> None:
    document = json.loads(json.dumps(get_template("rax-basic").document))
    document["settings"] |= {"growth_percent_month": 2, "tax": {"name": "VAT", "rate_percent": 20}}
    file = tmp_path / "growing.json"
    file.write_text(json.dumps(document))
    book = ("--price-book", "rackspace-public-cloud")

    high = run(str(file), *book, "--profile", "high", "--commitment", "12-upfront", "--months", "36")
    as_json = json.loads(run(str(file), *book, "--profile", "high", "--json"))

    assert "Counted with high use; groups have the most servers there may be." in high
    assert "Traffic, objects and requests grow 2% a month; servers and volumes stay as drawn." in high
    assert f"36 months{money(as_json['periods']['36']):>15}" in high
    assert f"With tax{money(as_json['tax']['total']['monthly']):>16}" in high


def money(text: str) -> str:
    return f"${Decimal(text).quantize(Decimal('0.01')):,}"


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--profile", "wild", 'A profile is one of low, expected, high, not "wild".'),
        (
            "--commitment",
            "13",
            "A commitment is none or one of 1, 12, 24, 36 months, such as 12 or 36-upfront.",
        ),
        ("--months", "7", 'Months are 12, 24, 36, not "7".'),
    ],
)
def test_options_that_mean_nothing_are_one_line(option: str, value: str, sentence: str) -> None:
    with pytest.raises(CommandError) as refused:
        run("rax-basic", "--price-book", "rackspace-public-cloud", option, value)

    assert (refused.value.returncode, str(refused.value)) == (2, sentence)
