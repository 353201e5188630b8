"""Reference architectures, hardened, on a real OpenStack: there and back again, without a trace.

`make practice-cloud` first. Some travel each time; `make deployed-templates` sends all fifteen, or those that
ONLY names, and writes the rows of docs/deployed-templates.md. A journey that fails leaves its row as it was.
"""

import os
from collections.abc import Iterator

import pytest

from tests.cloud.expectations import templates
from tests.cloud.journeys import Journeys
from tests.cloud.page import PAGE, page_with, row, rows_of
from tests.cloud.product import running_product

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(3000)]
REWRITING = os.environ.get("GOLDEN") == "rewrite"
# Two regions and a tunnel; scaling groups, balancers, routers, volumes.
EACH_TIME = ("cyb-multi", "os-ecommerce-auto")


@pytest.fixture(scope="module")
def journeys(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journeys]:
    """Those whose tests were selected, all under way from the first one on."""
    callspecs = [getattr(item, "callspec", None) for item in request.session.items]
    chosen = {spec.params["template"] for spec in callspecs if spec and "template" in spec.params}
    with running_product(tmp_path_factory.mktemp("product")) as person:
        found = Journeys(person, sorted(chosen))
        yield found
        found.close()


@pytest.mark.parametrize("template", sorted(templates()) if REWRITING else EACH_TIME)
def test_a_hardened_template_is_deployed_looked_at_changed_led_back_and_destroyed(
    template: str, journeys: Journeys
) -> None:
    journey = journeys.of(template)

    assert not journey.troubles, "\n".join(journey.troubles)
    seen = row(template, journey.cells())
    if REWRITING:
        PAGE.write_text(page_with({**rows_of(PAGE.read_text()), template: seen}))
    assert rows_of(PAGE.read_text())[template] == seen
