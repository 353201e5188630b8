"""Terraform files: read by a parser of the language, with the provider's own words, and nothing escapes."""

import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import hcl2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deployer.domain.kinds import KINDS, STACK
from deployer.exports.subject import WITHOUT_FORM
from deployer.exports.terraform.configuration import terraform_files
from deployer.exports.terraform.hcl import Template, block, quoted
from deployer.exports.terraform.kinds import BY_HAND, WRITERS
from tests.deployer.exports.provider_schema import LOOKUPS, RESOURCES, faults
from tests.deployer.exports.subjects import (
    HOSTILE,
    TEMPLATES,
    a_template,
    drawn,
    everything_drawn,
    hostile_labels,
    the_practice_profile,
)

ADDRESS = re.compile(r"\b(data\.)?(openstack_\w+)\.(\w+)\.(\w+)")


def parsed(text: str) -> dict[str, Any]:
    read: dict[str, Any] = hcl2.load(io.StringIO(text))
    return read


def plain(name: str) -> str:
    return name.strip('"')


def blocks_of(text: str, sort: str) -> dict[tuple[str, str], dict[str, Any]]:
    """(type, name) -> body."""
    found = {}
    for one in parsed(text).get(sort, []):
        for kind, named in one.items():
            for name, body in named.items():
                found[(plain(kind), plain(name))] = {
                    key: value for key, value in body.items() if not key.startswith("__")
                }
    return found


def test_every_kind_is_written_or_has_a_reason_why_not() -> None:
    assert set(WRITERS) | set(BY_HAND) == set(KINDS) - {STACK} - WITHOUT_FORM
    assert not set(WRITERS) & set(BY_HAND)


@pytest.mark.parametrize("key", TEMPLATES)
def test_a_parser_reads_the_files_and_every_address_in_them_leads_somewhere(key: str) -> None:
    files = terraform_files(a_template(key))
    resources, lookups = blocks_of(files["main.tf"], "resource"), blocks_of(files["lookups.tf"], "data")
    wrong = [one for (kind, name), body in resources.items() for one in faults(RESOURCES[kind], body, name)]
    wrong += [one for (kind, name), body in lookups.items() for one in faults(LOOKUPS[kind], body, name)]
    assert wrong == []
    text = files["main.tf"] + files["outputs.tf"]
    for is_data, kind, name, attribute in ADDRESS.findall(text):
        assert (kind, name) in (lookups if is_data else resources)
        assert attribute == "id" or attribute in (LOOKUPS if is_data else RESOURCES)[kind]
    variables = {plain(name) for one in parsed(files["variables.tf"])["variable"] for name in one}
    assert set(re.findall(r"\bvar\.(\w+)", files["main.tf"] + files["lookups.tf"])) <= variables


def test_everything_that_can_be_written_is_as_the_provider_takes_it() -> None:
    files = terraform_files(drawn(everything_drawn()))
    resources = blocks_of(files["main.tf"], "resource")
    assert [
        one for (kind, name), body in resources.items() for one in faults(RESOURCES[kind], body, name)
    ] == []
    written = {writer.type for writer in WRITERS.values()}
    assert written <= RESOURCES.keys()


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({"network_id": '"n"', "cidr": '"10.0.0.0/8"', "nickname": '"x"'}, "sn has no argument nickname"),
        ({"cidr": '"10.0.0.0/8"'}, "sn lacks network_id"),
        (
            {"network_id": '"n"', "no_gateway": True, "gateway_ip": '"x"'},
            "sn: no_gateway excludes gateway_ip",
        ),
        ({"network_id": '"n"', "ipv6_ra_mode": '"no"'}, "sn: ipv6_ra_mode cannot be no"),
        ({"network_id": '"n"', "allocation_pool": [{"start": '"x"'}]}, "sn.allocation_pool lacks end"),
    ],
)
def test_what_the_provider_would_refuse_is_seen(body: dict[str, Any], fault: str) -> None:
    assert fault in list(faults(RESOURCES["openstack_networking_subnet_v2"], body, "sn"))


def test_waiting_names_resources_that_are_there() -> None:
    files = terraform_files(a_template("rax-webapp"))
    assert "depends_on = [openstack_networking_router_interface_v2.sn_web_router_interface]" in re.sub(
        " +", " ", files["main.tf"]
    )


def test_the_same_design_gives_the_same_bytes() -> None:
    assert terraform_files(a_template("rax-webapp")) == terraform_files(a_template("rax-webapp"))


def test_secrets_are_sensitive_variables_without_a_default() -> None:
    subject = a_template("rax-webapp", the_practice_profile())
    variables = {
        plain(name): body
        for one in parsed(terraform_files(subject)["variables.tf"])["variable"]
        for name, body in one.items()
    }
    secrets = {one.name for one in subject.parameters if one.hidden}
    assert secrets
    for name, body in variables.items():
        assert ("default" not in body) == (name in secrets)
        assert bool(body.get("sensitive")) == (name in secrets)


def test_labels_that_mean_harm_stay_text() -> None:
    files = terraform_files(drawn(hostile_labels(everything_drawn()), title=HOSTILE))
    resources = blocks_of(files["main.tf"], "resource")
    usual = blocks_of(terraform_files(drawn(everything_drawn()))["main.tf"], "resource")
    assert resources.keys() == usual.keys()
    assert "$${var.x}" in files["main.tf"]
    code = [line for line in files["main.tf"].splitlines() if not line.startswith("#")]
    assert not re.search(r"(?<!\$)\$\{var\.x\}", "\n".join(code))


@given(st.text())
def test_any_text_is_one_string(text: str) -> None:
    line = quoted(text)
    assert "\n" not in line
    assert not re.search(r"(?<!\$)\$\{|(?<!%)%\{", line.replace("$${", "").replace("%%{", ""))
    assert re.fullmatch(r'"(?:[^"\\]|\\.)*"', line)


def test_a_long_text_ends_at_a_mark_that_is_not_in_it() -> None:
    text = "first\nEOT\n  EOT_\nlast\n"
    written = block("x", {"y": Template((text,))})
    assert written == "x {\n  y = <<EOT__\nfirst\nEOT\n  EOT_\nlast\nEOT__\n}\n"


@pytest.mark.parametrize("key", ["rax-webapp", "cyb-multi"])
def test_terraform_itself_reads_the_files_and_would_format_them_the_same(key: str, tmp_path: Path) -> None:
    """Without a network it can't fetch the provider, so `validate` is for those who have one."""
    terraform = shutil.which("terraform") or shutil.which("tofu")
    if terraform is None:
        pytest.skip("neither terraform nor tofu is installed")
    for path, text in terraform_files(a_template(key)).items():
        (tmp_path / path).write_text(text)
    done = subprocess.run(
        [terraform, "fmt", "-check", "-diff", "-recursive", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
