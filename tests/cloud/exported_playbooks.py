"""The page of exported Ansible playbooks that were really played."""

from collections.abc import Mapping
from pathlib import Path

import yaml

from deployer.exports.ansible.playbook import ansible_files
from tests.cloud.exported_stacks import NOT_YET, digest, expected_of, row
from tests.cloud.figures import count_of
from tests.deployer.exports.subjects import a_template, the_practice_profile

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "exported-playbooks.md"
PLAYED = ("rax-basic", "rax-webapp")
COLUMNS = ("template", "played", "as drawn", "played again", "removed", "residue", "export")
INTRODUCTION = """# Exported playbooks

Reference architectures in their hardened form, exported to Ansible and played against the practice cloud: `deploy.yml`,
a look at what stands with openstacksdk alone, `deploy.yml` again, which has to change nothing, and `destroy.yml`, after
which nothing of it is left. The certificate of a balancer is put into the key manager before, as the README of the
export says.

A test does this and writes this page, when it is asked to; with `-k` for one template:

    .venv/bin/pytest -m cloud tests/cloud/playing_playbooks.py

*export* is the beginning of the digest of what the playbooks ask of a cloud: all but the servers' user data. When that
has changed since its row was seen, a test without any cloud says so (`tests/deployer/exports/test_exported_pages.py`).

"""  # noqa: E501  the lines of a page are as long as they are


def fingerprint(template: str) -> str:
    files = ansible_files(a_template(template, the_practice_profile().without("database")))
    return digest({path: yaml.safe_load(text) for path, text in files.items() if path.endswith(".yml")})


def cells_of(template: str, tasks: int) -> list[str]:
    facts = f"{count_of(expected_of(template))} facts"
    return [f"{tasks} tasks", facts, "no change", "yes", "empty", f"`{fingerprint(template)}`"]


def rows() -> dict[str, str]:
    if not PAGE.exists():
        return {}
    return {line.split("`")[1]: line for line in PAGE.read_text().splitlines() if line.startswith("| `")}


def page_with(told: Mapping[str, str]) -> str:
    heading = [f"| {' | '.join(COLUMNS)} |", f"| {' | '.join('---' for _ in COLUMNS)} |"]
    lines = [told.get(one) or row(one, [NOT_YET] * (len(COLUMNS) - 1)) for one in PLAYED]
    return INTRODUCTION + "\n".join([*heading, *lines]) + "\n"
