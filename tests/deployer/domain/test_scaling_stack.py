"""A scaling group as Heat is told of it."""

from typing import Any

from deployer.domain.scaling_stack import member_template, member_values, scaling_resources, scaling_template


def a_spec(**changes: Any) -> dict[str, Any]:
    """Two web servers behind a balancer, five at most."""
    return {
        "name": "Web group",
        "member": a_member(),
        "pools": [{"pool": "p-1", "subnet": "sn-1", "port": 80}],
        "min": 2,
        "max": 5,
        "desired": 2,
        "adjustment": 1,
        "cooldown_seconds": 900,
        "metric": "cpu",
        "up_threshold_percent": 50,
        "down_threshold_percent": 20,
        "period_seconds": 600,
        "eval_periods": 1,
        "selector": None,
        "flavor_id": "f-s",
        "flavor_vcpus": 1,
        "flavor_ram_mib": 2048,
        "image_id": "i-u",
    } | changes


def a_member(**changes: Any) -> dict[str, Any]:
    plain = {"network": "n-1", "subnet": "sn-1", "security_groups": ["g-1"], "user_data": "#cloud-config\n"}
    return plain | changes


def properties(resources: dict[str, Any], name: str) -> Any:
    return resources[name]["properties"]


def test_a_group_has_two_policies_and_an_alarm_for_each() -> None:
    resources = scaling_resources(a_spec())

    group = properties(resources, "group")
    assert (group["min_size"], group["desired_capacity"], group["max_size"]) == (2, 2, 5)
    assert [properties(resources, name)["scaling_adjustment"] for name in ("grow", "shrink")] == [1, -1]
    busy, idle = (properties(resources, name) for name in ("busy", "idle"))
    assert (busy["comparison_operator"], idle["comparison_operator"]) == ("gt", "lt")
    assert busy["threshold"] == 150 * 10**9
    assert {"get_attr": ["grow", "signal_url"]} in busy["alarm_actions"][0]["str_replace"]["params"].values()


def test_without_a_word_about_it_the_group_stays_as_large_as_its_load_made_it() -> None:
    assert "desired_capacity" not in properties(scaling_resources(a_spec(desired=None)), "group")


def test_every_value_of_a_member_is_a_parameter_of_its_template_and_the_other_way_round() -> None:
    everything = a_member(
        key_pair="k-1", public_address=True, volumes=[{"size_gib": 10, "type": "ssd"}], boot_volume_gib=20
    )
    for member in (a_member(), everything):
        spec = a_spec(member=member, external_network_id="ext", volume_types=["ssd"])
        template = member_template(spec)

        assert set(template["parameters"]) == set(member_values(spec, load_name="x"))
        assert used_parameters(template["resources"]) == set(template["parameters"])


def test_a_member_has_what_is_drawn_for_it() -> None:
    member = a_member(public_address=True, volumes=[{"size_gib": 10, "type": "ssd"}], boot_volume_gib=20)

    resources = member_template(a_spec(member=member, volume_types=["fast"]))["resources"]

    assert set(resources) == {"port", "server", "volume_0", "attachment_0", "address", "place_0"}
    assert properties(resources, "volume_0")["volume_type"] == "fast"
    assert properties(resources, "place_0")["protocol_port"] == 80
    assert properties(resources, "server")["block_device_mapping_v2"][0]["volume_size"] == 20
    assert "image" not in properties(resources, "server")


def test_members_are_measured_by_their_stack_and_carry_the_selector_that_is_drawn() -> None:
    template = scaling_template(a_spec(selector="group=image"), tag="stackdraft:d:web/scaling_group+member")

    given = properties(template["resources"], "group")["resource"]["properties"]
    assert given["metadata"] == {
        "group": "image",
        "metering.server_group": {"get_param": "OS::stack_id"},
        "stackdraft": "stackdraft:d:web/scaling_group+member",
    }
    query = properties(template["resources"], "busy")["query"]["str_replace"]
    assert query["params"] == {"GROUP": {"get_param": "OS::stack_id"}}
    assert '"server_group": "GROUP"' in query["template"]


def test_two_groups_of_one_stack_are_measured_apart() -> None:
    web, app = (
        scaling_resources(a_spec(), prefix=prefix, member_file="m.yaml") for prefix in ("web_", "app_")
    )

    assert not set(web) & set(app)
    asked = [properties(one, f"{name}busy")["query"] for one, name in ((web, "web_"), (app, "app_"))]
    assert asked[0] != asked[1]


def used_parameters(value: Any) -> set[str]:
    """The names that get_param asks for, those that Heat has of itself excepted."""
    if isinstance(value, dict):
        own = {value["get_param"]} if isinstance(value.get("get_param"), str) else set()
        return {one for one in own if not one.startswith("OS::")}.union(*map(used_parameters, value.values()))
    if isinstance(value, list):
        return set().union(*map(used_parameters, value))
    return set()
