"""Exported Heat templates that really became stacks: how one is made and looked at, and the page of them."""

import base64
import hashlib
import json
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from openstack.connection import Connection
from openstack.exceptions import NotFoundException

from deployer.cloud.handlers.secret import new_certificate
from deployer.exports.heat.template import heat_template
from deployer.exports.subject import Subject
from tests.cloud.expectations import templates
from tests.cloud.figures import Figures, Project, count_of
from tests.deployer.exports.subjects import a_template, the_practice_profile

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent.parent / "docs" / "exported-stacks.md"
REGIONS = ("RegionOne", "RegionTwo")
COLUMNS = ("template", "created", "as drawn", "deleted", "residue", "export")
NOT_YET = "not yet"
INTRODUCTION = """# Exported stacks

The reference architectures in their hardened form, exported to Heat and really made by the practice cloud's Heat:
`CREATE_COMPLETE`, looked at with openstacksdk alone, deleted, and nothing of it left. What stands is compared with
the same facts as a deployment of ours (`tests/cloud/expected_templates.yaml`).

A test does this and writes this page. `make test` does it for some; for all fifteen, or with `-k` for one:

    GOLDEN=rewrite .venv/bin/pytest -m cloud tests/cloud/test_heat_export.py

*export* is the beginning of the digest of what the export asks of a cloud: all of it but the servers' user data, which
a cloud keeps and does not read. When that has changed since its row was seen, a test without any cloud says so (`tests/deployer/exports/test_exported_pages.py`).

"""  # noqa: E501  the lines of a page are as long as they are


def fingerprint(template: str) -> str:
    """Of the export for a cloud that is always the same: only the design and the exporter change it."""
    text = heat_template(a_template(template, the_practice_profile().without("database")))
    return digest(yaml.safe_load(text))


def digest(said: Any) -> str:
    return hashlib.sha256(json.dumps(_read_by_a_cloud(said), sort_keys=True).encode()).hexdigest()[:12]


def _read_by_a_cloud(said: Any) -> Any:
    if isinstance(said, dict):
        kept = {name: one for name, one in said.items() if name not in ("user_data", "userdata")}
        return {name: _read_by_a_cloud(one) for name, one in kept.items()}
    return [_read_by_a_cloud(one) for one in said] if isinstance(said, list) else said


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


@contextmanager
def stack(conn: Connection, name: str, subject: Subject) -> Iterator[str]:
    """Made for as long as the block takes. Gives its id."""
    made = conn.orchestration.create_stack(
        name=name, template=heat_template(subject), parameters=answers(subject), timeout_mins=40
    )
    try:
        status, reason = end_of(conn, made.id)
        assert status == "CREATE_COMPLETE", reason
        yield made.id
    finally:
        conn.orchestration.delete_stack(made.id)
        assert end_of(conn, made.id)[0] == "DELETE_COMPLETE"


def end_of(conn: Connection, stack_id: str) -> tuple[str, str]:
    while True:
        try:
            found = conn.orchestration.get_stack(stack_id, resolve_outputs=False)
        except NotFoundException:
            return "DELETE_COMPLETE", ""
        if not found.status.endswith("IN_PROGRESS"):
            return found.status, found.status_reason
        time.sleep(1)


def stands_of(template: str) -> list[Figures]:
    """What is told of each region."""
    return list(templates()[template].stands.values())


def expected_of(template: str) -> Figures:
    """What an outsider sees of a stack. A group's members go by a name of Heat's, so they are left out."""
    regions = stands_of(template)
    topics = {"networks", "routers", "servers", "volumes", "public", "records", "containers"}
    if not any("groups" in stands for stands in regions):
        topics.add("balancers")
    if len(regions) > 1:  # the rest is asked of one region only
        topics = {"networks", "routers", "servers"}
    stands: Figures = {}
    for figures in regions:
        for topic in topics & set(figures):
            stands[topic] = _together(stands.get(topic), figures[topic])
    return stands


def _together(told: Any, more: Any) -> Any:
    """Figures of several regions: labels that both have get the words of both."""
    if told is None or not isinstance(more, Mapping):
        return more
    both = {name: f"{told[name]}, {words}" for name, words in more.items() if name in told}
    return {**told, **more, **both}


def found_of(template: str, regions: Iterable[Connection]) -> Figures:
    """The same topics, of all its regions together."""
    projects = [Project(conn) for conn, _ in zip(regions, stands_of(template), strict=False)]
    readers = {
        "networks": Project.networks,
        "routers": Project.routers,
        "servers": Project.servers_in_words,
        "volumes": Project.volumes,
        "balancers": Project.balancers,
        "public": Project.public,
        "records": lambda project: project.records(project.public_addresses()),
    }
    found: Figures = {}
    for topic in expected_of(template):
        if topic == "containers":
            continue
        for project in projects:
            found[topic] = _together(found.get(topic), readers[topic](project))
    if "servers" in found:
        groups = tuple(f"{label} " for figures in stands_of(template) for label in figures.get("groups", ()))
        found["servers"] = {
            label: words for label, words in found["servers"].items() if not label.startswith(groups)
        }
    if "containers" in expected_of(template):
        found["containers"] = projects[0].containers()
    return found


def row(template: str, cells: Iterable[str]) -> str:
    return f"| {' | '.join([f'`{template}`', *cells])} |"


def cells_of(template: str, resources: int) -> list[str]:
    facts = f"{count_of(expected_of(template))} facts"
    return [f"{resources} resources", facts, "yes", "empty", f"`{fingerprint(template)}`"]


def rows() -> dict[str, str]:
    """By template, as the page tells them."""
    if not PAGE.exists():
        return {}
    return {line.split("`")[1]: line for line in PAGE.read_text().splitlines() if line.startswith("| `")}


def page_with(told: Mapping[str, str]) -> str:
    heading = [f"| {' | '.join(COLUMNS)} |", f"| {' | '.join('---' for _ in COLUMNS)} |"]
    unseen = [NOT_YET] * (len(COLUMNS) - 1)
    lines = [told.get(one) or row(one, unseen) for one in sorted(templates())]
    return INTRODUCTION + "\n".join([*heading, *lines]) + "\n"
