"""Heat templates of all fifteen architectures: Heat finds nothing wrong, and makes what is drawn."""

import os
from collections.abc import Iterator

import openstack
import pytest
from openstack.connection import Connection

from deployer.cloud.profile import read_profile
from deployer.domain.cloud import CloudProfile
from deployer.exports.heat.template import heat_template
from tests.cloud import exported_stacks
from tests.cloud.conftest import everything, own_project
from tests.cloud.exported_stacks import answers, cells_of, expected_of, found_of, page_with, row, rows, stack
from tests.deployer.exports.subjects import TEMPLATES, a_template

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(3000)]

REWRITING = os.environ.get("GOLDEN") == "rewrite"
# One with most of what there is. All fifteen take too long for each time.
EACH_TIME = ("rax-basic",)


@pytest.fixture(scope="module")
def profile(clouds: dict[str, dict[str, object]]) -> CloudProfile:
    return read_profile(openstack.connect(**clouds["lab"]))


@pytest.fixture
def regions() -> Iterator[list[Connection]]:
    """An empty project, in both regions."""
    with own_project() as entry:
        yield [openstack.connect(**{**entry, "region_name": one}) for one in exported_stacks.REGIONS]


def test_heat_finds_nothing_wrong_with_any_template(outside: Connection, profile: CloudProfile) -> None:
    refused = {}
    for key in TEMPLATES:
        subject = a_template(key, profile)
        said = {"template": heat_template(subject), "environment": {"parameters": answers(subject)}}
        answer = outside.orchestration.post("/validate", json=said)
        if not answer.ok:
            refused[key] = answer.text
    assert refused == {}


@pytest.mark.parametrize("template", TEMPLATES if REWRITING else EACH_TIME)
def test_a_stack_of_the_export_is_what_is_drawn_and_goes_without_a_trace(
    template: str, profile: CloudProfile, regions: list[Connection]
) -> None:
    first = regions[0]
    before = [everything(conn) for conn in regions]

    with stack(first, template, a_template(template, profile)) as stack_id:
        resources = len(list(first.orchestration.resources(stack_id)))
        found = found_of(template, regions)

    assert found == expected_of(template)
    assert [everything(conn) for conn in regions] == before
    seen = row(template, cells_of(template, resources))
    if REWRITING:
        exported_stacks.PAGE.write_text(page_with({**rows(), template: seen}))
    assert rows()[template] == seen
