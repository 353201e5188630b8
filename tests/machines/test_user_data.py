"""Every first-boot text that a shipped template or a recipe makes passes `cloud-init schema`."""

import hashlib
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from deployer.domain.resolving import resolve
from designer.domain.resources import SCALING_GROUP, SERVER, ResourceGraph
from designer.domain.software import RECIPES
from tests.designer.domain.software.test_recipes import a_design_of_every_kind, servers_of_every_kind
from tests.machines import tree
from tests.shipped_templates import FORMS, design_of, name_of

pytestmark = [pytest.mark.machines, pytest.mark.timeout(1800)]
BARE_CLOUD = frozenset({"database", "key-manager"})

# The command's own entry point, once for all files: a process each would take half a second a file.
CHECK = """
import contextlib, io, json, sys
from cloudinit.cmd.main import main
said = {}
for name in sys.argv[1:]:
    words = io.StringIO()
    with contextlib.redirect_stdout(words), contextlib.redirect_stderr(words):
        try:
            status = main(["cloud-init", "schema", "--config-file", name])
        except SystemExit as stop:
            status = stop.code
    said[name] = [status, words.getvalue()]
print(json.dumps(said))
"""


def texts_of(graph: ResourceGraph) -> dict[str, str]:
    """Resource -> what its servers are told, with stand-ins for what a cloud answers."""
    outputs = {
        one.key: {"id": "0b6e9a5c-55c8-4a9e-9c5b-0f4f31f0f0aa", "address": "10.0.1.9", "value": "s3cret"}
        for one in graph.resources.values()
    }
    told = {one.key: one.properties["user_data"] for one in graph.of_kind(SERVER)}
    told |= {one.key: one.properties["member"]["user_data"] for one in graph.of_kind(SCALING_GROUP)}
    return {key: resolve(text, outputs) for key, text in told.items() if text}


def check(texts: list[str], place: Path) -> dict[str, tuple[int | None, str]]:
    """Runs inside the tree, where cloud-init is. The answer is by the text's hash."""
    for text in texts:
        (place / hashlib.sha256(text.encode()).hexdigest()).write_text(text)
    (place / "check.py").write_text(CHECK)
    names = sorted(path.name for path in place.iterdir() if path.suffix != ".py")
    enter = f'mount --bind {place} {tree.base()}/mnt && exec chroot {tree.base()} env --chdir=/mnt "$@"'
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", enter, "enter", "python3", "check.py", *names],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_all_user_data_is_what_cloud_init_understands(tmp_path: Path) -> None:
    told: dict[str, str] = {}
    for key, form in FORMS:
        for without in (frozenset(), BARE_CLOUD):
            for resource, text in texts_of(design_of(key, form).graph(without=without)).items():
                told[text] = f"{name_of(key, form)}: {resource}"
    told |= {text: resource for resource, text in texts_of(servers_of_every_kind()).items()}

    answers = check(list(told), tmp_path)

    assert len(answers) == len(told) > 70
    names = {hashlib.sha256(text.encode()).hexdigest(): name for text, name in told.items()}
    assert {names[file]: said for file, said in answers.items() if said[0] or "Valid" not in said[1]} == {}


def test_every_recipe_is_among_them() -> None:
    """The design that holds one of each is hand-written, so a new recipe has to be added to it."""
    drawn = a_design_of_every_kind().document().components.values()
    software = {recipe_of(component.properties, component.type) for component in drawn}

    assert set(RECIPES) - software == set()


def recipe_of(said: Mapping[str, Any], type_: str) -> str:
    return str("bastion" if "admin_cidr" in said else said.get("software") or said.get("engine") or type_)


def test_the_check_would_notice(tmp_path: Path) -> None:
    wrong = "#cloud-config\nruncmd: echo\npackages: {a: b}\n"

    ((status, words),) = check([wrong], tmp_path).values()

    assert status
    assert "packages" in words
