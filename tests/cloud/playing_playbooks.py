"""Exported playbooks, really played: they make what is drawn, once, and remove it again.

Playing takes many times as long as deploying, so it is done when this file is named, with `-k` for one:

    .venv/bin/pytest -m cloud tests/cloud/playing_playbooks.py
"""

import base64
import json
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openstack
import pytest
from openstack.connection import Connection

from bench.ansible_project import play
from deployer.cloud.handlers.secret import new_certificate
from deployer.cloud.profile import read_profile
from deployer.exports.ansible.playbook import ansible_files
from deployer.exports.subject import Subject
from designer.domain import resources as kind
from tests.cloud import exported_playbooks
from tests.cloud.conftest import everything, own_project
from tests.cloud.exported_playbooks import cells_of, page_with, rows
from tests.cloud.exported_stacks import expected_of, found_of, row
from tests.deployer.exports.subjects import a_template

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(7200)]

RECAP = re.compile(r"ok=(\d+)\s+changed=(\d+)\s+unreachable=0\s+failed=0")


@pytest.fixture
def project() -> Iterator[dict[str, Any]]:
    with own_project() as entry:
        yield entry


def certificates(conn: Connection, subject: Subject) -> dict[str, str]:
    """The collection cannot make these, so they are there before it begins. By the variable of each."""
    return {
        f"{one.name}_id": conn.key_manager.create_secret(
            name=one.label,
            payload=base64.b64encode(new_certificate("www.example.org")).decode(),
            payload_content_type="application/octet-stream",
            payload_content_encoding="base64",
            secret_type="opaque",
        ).secret_ref
        for one in subject.resources
        if one.kind == kind.SECRET
    }


def played(folder: Path, playbook: str, clouds_yaml: Path, variables: dict[str, str]) -> tuple[int, int]:
    """(tasks that went well, tasks that changed something)"""
    done = play(folder, playbook, clouds_yaml=clouds_yaml, cloud="lab", variables=variables)
    recap = RECAP.search(done.stdout)
    assert recap, f"{done.stdout[-3000:]}\n{done.stderr[-1000:]}"
    return int(recap[1]), int(recap[2])


def without_brackets(figures: Any) -> Any:
    """Nova is asked for a server's name as a pattern, so playbooks leave brackets out of it."""
    return json.loads(re.sub(r"[()]", "", json.dumps(figures)))


@pytest.mark.parametrize("template", exported_playbooks.PLAYED)
def test_a_playbook_makes_what_is_drawn_once_and_removes_it(
    template: str, project: dict[str, Any], tmp_path: Path
) -> None:
    conn = openstack.connect(**project)
    subject = a_template(template, read_profile(conn))
    clouds_yaml = tmp_path / "clouds.yaml"
    clouds_yaml.write_text(json.dumps({"clouds": {"lab": project}}))
    for path, text in ansible_files(subject).items():
        (tmp_path / path).write_text(text)
    before = everything(conn)
    kept = certificates(conn, subject)
    words = {
        one.name: secrets.token_hex(12) for one in subject.parameters if one.hidden and one.pattern
    } | kept

    try:
        tasks, changed = played(tmp_path, "deploy.yml", clouds_yaml, words)
        found = found_of(template, [conn])
        _, again = played(tmp_path, "deploy.yml", clouds_yaml, words)
    finally:
        played(tmp_path, "destroy.yml", clouds_yaml, words)
        for reference in kept.values():
            conn.key_manager.delete_secret(reference.rpartition("/")[2])

    assert changed > 0
    assert again == 0, "played again, it changed something"
    assert without_brackets(found) == without_brackets(expected_of(template))
    assert everything(conn) == before
    seen = row(template, cells_of(template, tasks))
    exported_playbooks.PAGE.write_text(page_with({**rows(), template: seen}))
