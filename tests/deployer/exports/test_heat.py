"""Heat templates: what is in them, that the same design gives the same bytes, and that nothing escapes."""

from typing import Any

import pytest
import yaml

from deployer.domain.kinds import KINDS, STACK
from deployer.exports.heat.kinds import BY_HAND, WRITERS
from deployer.exports.heat.template import heat_template
from deployer.exports.subject import WITHOUT_FORM, Subject
from tests.deployer.exports.subjects import (
    HOSTILE,
    TEMPLATES,
    a_template,
    drawn,
    everything_drawn,
    hostile_labels,
    the_practice_profile,
)


def read(subject: Subject) -> dict[str, Any]:
    template: dict[str, Any] = yaml.safe_load(heat_template(subject))
    return template


def resources_in(template: dict[str, Any]) -> dict[str, Any]:
    """Those of nested templates too."""
    found: dict[str, Any] = dict(template["resources"])
    for resource in template["resources"].values():
        nested = resource.get("properties", {}).get("template")
        if resource["type"] == "OS::Heat::Stack" and nested:
            found |= resources_in(yaml.safe_load(nested))
    return found


def words_of(value: Any, word: str) -> list[Any]:
    """The arguments of every {word: ...} in a template."""
    if isinstance(value, dict):
        mine = [value[word]] if set(value) == {word} else []
        return mine + [found for inner in value.values() for found in words_of(inner, word)]
    if isinstance(value, list):
        return [found for inner in value for found in words_of(inner, word)]
    return []


def test_every_kind_is_written_or_has_a_reason_why_not() -> None:
    assert set(WRITERS) | set(BY_HAND) == set(KINDS) - {STACK} - WITHOUT_FORM
    assert not set(WRITERS) & set(BY_HAND)


@pytest.mark.parametrize("key", TEMPLATES)
def test_every_reference_of_a_template_leads_somewhere(key: str) -> None:
    template = read(a_template(key))
    inner = [template] + [
        yaml.safe_load(one["properties"]["template"])
        for one in template["resources"].values()
        if one["type"] == "OS::Heat::Stack"
    ]
    for one in inner:
        names = set(one["resources"])
        own = {"OS::stack_id", "OS::stack_name"}
        assert set(words_of(one, "get_resource")) <= names
        assert {path[0] for path in words_of(one, "get_attr")} <= names
        assert set(words_of(one, "get_param")) <= set(one.get("parameters", {})) | own
        for resource in one["resources"].values():
            assert set(resource.get("depends_on", ())) <= names
        assert not names & set(one.get("parameters", {})), "Heat wants them to be called differently"


@pytest.mark.parametrize("key", TEMPLATES)
def test_every_resource_of_the_graph_is_in_the_file(key: str) -> None:
    subject = a_template(key)
    made = resources_in(read(subject))
    kinds_apart = {"vpn_endpoint_group", "scaling_group"}  # made of parts with other names
    missing = [one.name for one in subject.resources if one.kind not in kinds_apart and one.name not in made]
    assert missing == []


def test_the_same_design_gives_the_same_bytes() -> None:
    assert heat_template(a_template("rax-webapp")) == heat_template(a_template("rax-webapp"))


def test_what_differs_from_cloud_to_cloud_is_a_parameter() -> None:
    template = read(a_template("rax-basic"))
    asked = {name for name, said in template["parameters"].items() if "default" not in said}
    assert {"external_network", "image_ubuntu_24_04", "flavor_2_vcpu_4_gib_40_disk"} <= asked


def test_a_cloud_fills_in_what_it_has() -> None:
    template = read(a_template("rax-basic", the_practice_profile()))
    parameters = template["parameters"]
    assert parameters["external_network"]["default"] == "public"
    assert parameters["flavor_2_vcpu_4_gib_40_disk"]["default"] == "medium"
    assert parameters["zone_2"]["default"] == "az2"
    asked = {name for name, said in parameters.items() if "default" not in said}
    assert asked == {name for name, said in parameters.items() if said.get("hidden")}, "secrets only"


@pytest.mark.parametrize("key", TEMPLATES)
def test_secrets_are_hidden_parameters_without_a_default(key: str) -> None:
    subject = a_template(key)
    parameters = read(subject)["parameters"]
    secrets = {one.name for one in subject.parameters if one.hidden}
    assert all(parameters[name]["hidden"] is True for name in secrets)
    assert not any("default" in parameters[name] for name in secrets)


def test_user_data_gets_addresses_and_secrets_from_heat() -> None:
    template = read(a_template("rax-basic", the_practice_profile().without("database")))
    user_data = template["resources"]["web_server_0"]["properties"]["user_data"]["str_replace"]
    assert "DATABASE_HOST=<db_port_0.address>" in user_data["template"]
    assert user_data["params"]["<db_port_0.address>"] == {
        "get_attr": ["db_port_0", "fixed_ips", 0, "ip_address"]
    }
    assert user_data["params"]["<db_password.value>"] == {"get_param": "db_password"}


def test_a_server_waits_for_its_way_to_the_internet() -> None:
    resources = read(a_template("rax-basic"))["resources"]
    assert resources["web_server_0"]["depends_on"] == ["sn_router_interface"]


def test_two_regions_are_stacks_of_one_template_that_tell_each_other_their_addresses() -> None:
    template = read(a_template("cyb-multi"))
    stacks = template["resources"]
    assert {one["type"] for one in stacks.values()} == {"OS::Heat::Stack"}
    regions = {one["properties"]["context"]["region_name"]["get_param"] for one in stacks.values()}
    assert regions == {"region_calgary", "region_edmonton"}
    later = stacks["stack_calgary_1"]
    assert "stack_edmonton" in later["depends_on"]
    told = words_of(later["properties"]["parameters"], "get_attr")
    assert ["stack_edmonton", "outputs", "vpn2_floating_ip_0_address"] in told


def test_labels_that_mean_harm_stay_text() -> None:
    subject = drawn(hostile_labels(everything_drawn()), title=HOSTILE)
    template = read(subject)
    assert set(template) == {"heat_template_version", "description", "parameters", "resources", "outputs"}
    plain = drawn(everything_drawn())
    types = {name: one["type"] for name, one in read(plain)["resources"].items()}
    assert {name: one["type"] for name, one in template["resources"].items()} == types
    server = template["resources"]["web_server_0"]["properties"]
    assert server["name"] == f"{HOSTILE} 1"
    assert words_of(template, "get_file") == []


def test_what_no_cloud_makes_is_in_the_comments() -> None:
    assert "#   CDN (Akamai): Order the CDN from its provider" in heat_template(a_template("rax-basic"))


def test_a_scaling_group_stands_in_the_same_file_with_its_members_policies_and_alarms() -> None:
    template = read(a_template("os-ecommerce-auto", the_practice_profile().without("database")))
    resources = template["resources"]
    group = resources["wasg_scaling_group_group"]
    assert group["type"] == "OS::Heat::AutoScalingGroup"
    member = group["properties"]["resource"]
    assert member["type"] == "OS::Heat::Stack"
    inner = yaml.safe_load(member["properties"]["template"])
    assert set(inner["parameters"]) == set(member["properties"]["parameters"])
    assert {one["type"] for one in inner["resources"].values()} == {
        "OS::Neutron::Port",
        "OS::Nova::Server",
        "OS::Octavia::PoolMember",
    }
    assert resources["wasg_scaling_group_busy"]["properties"]["comparison_operator"] == "gt"
    assert words_of(resources["wasg_scaling_group_grow"], "get_resource") == ["wasg_scaling_group_group"]
