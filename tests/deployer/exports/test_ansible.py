"""Ansible projects: the words of each task are a module's, every variable is known, nothing escapes."""

import re
from typing import Any

import jinja2
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from deployer.domain.kinds import KINDS, STACK
from deployer.exports.ansible.jinja import literal
from deployer.exports.ansible.kinds import BY_HAND, WITH_ANOTHER, WRITERS
from deployer.exports.ansible.playbook import ansible_files
from deployer.exports.subject import WITHOUT_FORM, Subject
from designer.domain import resources as kind
from designer.domain.resources import references
from tests.deployer.exports.subjects import (
    HOSTILE,
    TEMPLATES,
    a_template,
    drawn,
    everything_drawn,
    hostile_labels,
    the_practice_profile,
)

NAME = re.compile(r"\{\{ (\w+)")


def tasks_of(subject: Subject, playbook: str = "deploy.yml") -> list[dict[str, Any]]:
    ((play),) = yaml.safe_load(ansible_files(subject)[playbook])
    tasks: list[dict[str, Any]] = play["tasks"]
    return tasks


def strings_in(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in strings_in(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in strings_in(inner)]
    return [value] if isinstance(value, str) else []


def test_every_kind_is_written_or_has_a_reason_why_not() -> None:
    assert set(WRITERS) | set(BY_HAND) | WITH_ANOTHER == set(KINDS) - {STACK} - WITHOUT_FORM
    assert not set(WRITERS) & set(BY_HAND)


@pytest.mark.parametrize("key", TEMPLATES)
def test_every_value_is_a_variable_or_the_answer_of_an_earlier_task(key: str) -> None:
    subject = a_template(key)
    known = {one.name for one in subject.parameters} | {"cloud"}
    known |= set(yaml.safe_load(ansible_files(subject)["vars.yml"]))
    for task in tasks_of(subject):
        asked = {name for text in strings_in(task) for name in NAME.findall(text)}
        assert asked <= known, task["name"]
        known.add(task.get("register", ""))


@pytest.mark.parametrize("key", TEMPLATES)
def test_whatever_is_made_is_removed_by_itself_or_with_what_it_is_part_of(key: str) -> None:
    subject = a_template(key)
    removed = {
        (task_module(task), str(args_of(task).get("name") or args_of(task).get("attributes", {}).get("name")))
        for task in tasks_of(subject, "destroy.yml")
        if args_of(task).get("state") == "absent"
    }
    own = {"network", "subnet", "router", "port", "security_group", "server", "volume", "loadbalancer"}
    made = {
        (task_module(task), str(args_of(task)["name"]))
        for task in tasks_of(subject)
        if task_module(task) in own
    }
    assert made <= removed


def task_module(task: dict[str, Any]) -> str:
    (module,) = [name for name in task if "." in name]
    return module.rpartition(".")[2]


def args_of(task: dict[str, Any]) -> dict[str, Any]:
    (args,) = [value for name, value in task.items() if "." in name]
    return args


@pytest.mark.parametrize("key", TEMPLATES)
def test_names_are_unique_because_modules_know_things_by_them(key: str) -> None:
    made = [
        (task_module(task), args_of(task)["name"]) for task in tasks_of(a_template(key)) if _is_named(task)
    ]
    assert len(made) == len(set(made))


def _is_named(task: dict[str, Any]) -> bool:
    return "name" in args_of(task) and task_module(task) != "networks_info"


def test_secrets_are_in_no_file_and_what_holds_one_is_not_logged() -> None:
    subject = a_template("rax-basic", the_practice_profile().without("database"))
    assert "db_password" not in yaml.safe_load(ansible_files(subject)["vars.yml"])
    for task in tasks_of(subject):
        if any("db_password" in text for text in strings_in(task)):
            assert task["no_log"] is True


def test_a_router_comes_after_its_subnets_with_all_its_interfaces() -> None:
    tasks = tasks_of(a_template("rax-webapp"))
    names = [task.get("register") for task in tasks]
    (router,) = [task for task in tasks if task_module(task) == "router"]
    assert len(args_of(router)["interfaces"]) == 3
    assert names.index("sn_db_subnet") < names.index(router["register"]) < names.index("web1_server_0")


@pytest.mark.parametrize("key", TEMPLATES)
def test_a_router_goes_after_every_address_behind_it(key: str) -> None:
    """Neutron keeps its interfaces while a public address needs them; a balancer's goes with the balancer."""
    subject = a_template(key)
    order = [task["name"] for task in tasks_of(subject, "destroy.yml")]
    routers = [place for place, name in enumerate(order) if name.startswith("Remove router")]
    for address in subject.graph.of_kind(kind.FLOATING_IP):
        owner = subject.by_key[next(references(address.properties)).key]
        is_balancers = owner.kind == kind.LOAD_BALANCER
        name = (
            f"Remove Load balancer {owner.label}"
            if is_balancers
            else f"Remove public address {subject.by_key[address.key].label}"
        )
        assert order.index(name) < min(routers) or len(routers) > 1


@pytest.mark.parametrize("key", TEMPLATES)
def test_a_server_that_is_there_keeps_its_groups_and_is_found_by_its_name(key: str) -> None:
    """Its module takes away the groups that it is not told of, and Nova reads a name as a pattern."""
    subject = a_template(key)
    for task in tasks_of(subject):
        if "openstack.cloud.server" not in task:
            continue
        args = args_of(task)
        one = next(each for each in subject.resources if each.name == task["register"])
        ports = [subject.graph[ref.key] for ref in one.said("ports")]
        groups = {ref for port in ports for ref in references(port.properties["security_groups"])}
        assert len(args["security_groups"]) == len(groups) > 0
        assert re.fullmatch(r"[\w .-]+", args["name"])


def test_a_balancer_is_waited_for_and_keeps_its_public_address() -> None:
    """Played again, the module for balancers would take away an address that it did not give."""
    (task,) = (one for one in tasks_of(a_template("rax-basic")) if one["name"].startswith("Load balancer"))
    assert task["openstack.cloud.resource"]["updateable_attributes"] == []
    assert "provisioning_status == 'ACTIVE'" in task["until"]


def test_a_port_that_is_there_keeps_its_address() -> None:
    """Played again: the module for ports would ask for another one."""
    ports = [task for task in tasks_of(a_template("rax-basic")) if task["name"].startswith("Port ")]
    assert ports
    for task in ports:
        assert task["openstack.cloud.resource"]["updateable_attributes"] == []


def test_the_same_design_gives_the_same_bytes() -> None:
    assert ansible_files(a_template("rax-webapp")) == ansible_files(a_template("rax-webapp"))


def test_labels_that_mean_harm_stay_text() -> None:
    tasks = tasks_of(drawn(hostile_labels(everything_drawn()), title=HOSTILE))
    usual = tasks_of(drawn(everything_drawn()))
    assert [task_module(task) for task in tasks] == [task_module(task) for task in usual]
    server = next(task for task in tasks if task.get("register") == "web_server_0")
    assert re.fullmatch(r"[\w .-]+ 1", rendered(args_of(server)["name"]))
    assert rendered(server["name"]).endswith(f"{HOSTILE} 1")


@given(st.text())
def test_any_text_is_itself_to_jinja(text: str) -> None:
    assert rendered(literal(text)) == text.replace("\r\n", "\n").replace("\r", "\n")


def rendered(text: str) -> str:
    return jinja2.Environment(keep_trailing_newline=True).from_string(text).render()
