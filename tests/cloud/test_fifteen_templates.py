"""Reference architectures, hardened, on a real OpenStack: there and back again, without a trace.

`make practice-cloud` first. The page of results, docs/deployed-templates.md, is written by these tests and
compared with what they see each time. Templates that the page tells as seen travel each time; GOLDEN=rewrite
sends all fifteen, and writes down what became of each.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.cloud.journeys import EXPECTED, STAGES, Journey, Journeys
from tests.cloud.product import running_product

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(3000)]
REWRITING = os.environ.get("GOLDEN") == "rewrite"
PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "deployed-templates.md"
INTRODUCTION = """# Deployed templates

The reference architectures in their hardened form, deployed to the practice cloud, looked at, changed, led back to
their first revision and destroyed. A test does this and writes this page (`tests/cloud/test_fifteen_templates.py`);
it fails when a cell of a template that was there and back would be another one. "Not yet" says that nobody has seen
the whole journey: `GOLDEN=rewrite .venv/bin/pytest tests/cloud/test_fifteen_templates.py` sends all fifteen.

What stands in the cloud is read with openstacksdk alone and compared with `tests/cloud/expected_templates.yaml`:
networks, routers, servers with their flavors and places, groups with policies and alarms, volumes, balancers with
their members, public addresses, DNS records and containers, told by hand from the drawings, and every rule of every
security group, read through against the links. After the removal the project has what it had before.

"""  # noqa: E501  the lines of a page are as long as they are


@pytest.fixture(scope="module")
def journeys(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journeys]:
    """Those whose tests were selected; none where only the page is asked for."""
    callspecs = [getattr(item, "callspec", None) for item in request.session.items]
    chosen = {spec.params["template"] for spec in callspecs if spec and "template" in spec.params}
    with running_product(tmp_path_factory.mktemp("product")) as person:
        found = Journeys(person, sorted(chosen))
        yield found
        found.close()


def rows_of(page: str) -> dict[str, str]:
    """By template."""
    return {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `")}


def there_and_back() -> list[str]:
    told = rows_of(PAGE.read_text())
    return sorted(one for one in EXPECTED if REWRITING or "not yet" not in told.get(one, "not yet"))


@pytest.mark.parametrize("template", there_and_back())
def test_a_hardened_template_is_deployed_looked_at_changed_led_back_and_destroyed(
    template: str, journeys: Journeys
) -> None:
    journey = journeys.of(template)

    assert not journey.troubles, "\n".join(journey.troubles)
    assert "no" not in journey.cells()


def test_the_page_tells_what_was_seen(journeys: Journeys) -> None:
    seen = {one.template: row(one) for one in journeys.all()}
    if REWRITING:
        PAGE.write_text(page_with({**rows_of(PAGE.read_text()), **seen}))

    told = rows_of(PAGE.read_text())

    assert {one: told.get(one) for one in seen} == seen
    assert PAGE.read_text() == page_with(told)
    assert sorted(told) == sorted(EXPECTED)


def row(journey: Journey) -> str:
    return f"| {' | '.join([f'`{journey.template}`', *journey.cells()])} |"


def page_with(rows: Mapping[str, str]) -> str:
    names = ["template", *STAGES]
    heading = [f"| {' | '.join(names)} |", f"| {' | '.join('---' for _ in names)} |"]
    return INTRODUCTION + "\n".join([*heading, *(rows[one] for one in sorted(rows))]) + "\n"
