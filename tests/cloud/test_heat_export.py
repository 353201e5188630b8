"""Heat templates of all fifteen architectures: Heat finds nothing wrong with them."""

import base64

import openstack
import pytest
from openstack.connection import Connection

from deployer.cloud.handlers.secret import new_certificate
from deployer.cloud.profile import read_profile
from deployer.domain.cloud import CloudProfile
from deployer.exports.heat.template import heat_template
from deployer.exports.subject import Subject
from tests.deployer.exports.subjects import TEMPLATES, a_template

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(1200)]

REGIONS = ("RegionOne", "RegionTwo")


@pytest.fixture(scope="module")
def profile(clouds: dict[str, dict[str, object]]) -> CloudProfile:
    return read_profile(openstack.connect(**clouds["lab"]))


def answers(subject: Subject) -> dict[str, str]:
    """What somebody would type for the parameters without a default."""
    said = {}
    asked = [one for one in subject.parameters if one.default is None]
    for one in asked:
        if one.hidden and not one.pattern:
            said[one.name] = base64.b64encode(new_certificate("example.org")).decode()
        elif one.hidden:
            said[one.name] = "a-secret-of-this-test"
    said |= dict(zip((one.name for one in asked if one.name.startswith("region_")), REGIONS, strict=False))
    return said


def test_heat_finds_nothing_wrong_with_any_template(outside: Connection, profile: CloudProfile) -> None:
    refused = {}
    for key in TEMPLATES:
        subject = a_template(key, profile)
        said = {"template": heat_template(subject), "environment": {"parameters": answers(subject)}}
        answer = outside.orchestration.post("/validate", json=said)
        if not answer.ok:
            refused[key] = answer.text
    assert refused == {}
