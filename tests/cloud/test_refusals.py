"""Clouds that don't answer, refuse or lack something: said at once, in one line, with nothing left behind."""

import json
from typing import Any

import pytest
import yaml

from tests.cloud.conftest import LAB, ROOT, Checkout
from tests.servers import free_port

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(300)]


def say(checkout: Checkout, name: str, entry: dict[str, Any]) -> None:
    (checkout.home / "clouds.yaml").write_text(json.dumps({"clouds": {name: entry}}))


def with_auth(entry: dict[str, Any], **changes: str) -> dict[str, Any]:
    return {**entry, "auth": {**entry["auth"], **changes}}


def test_a_wrong_password_is_refused_when_the_cloud_is_added(
    checkout: Checkout, clouds: dict[str, Any]
) -> None:
    say(checkout, "lab", with_auth(clouds[LAB], password="wrong-password"))

    done = checkout.manage("add_cloud", "lab")

    assert done.returncode == 2
    assert "refuses this credential" in done.stderr
    assert "wrong-password" not in done.stdout + done.stderr


def test_a_cloud_that_does_not_answer_is_said_to(checkout: Checkout, clouds: dict[str, Any]) -> None:
    say(checkout, "away", with_auth(clouds[LAB], auth_url=f"http://127.0.0.1:{free_port()}/v3"))

    done = checkout.manage("deploy", "rax-basic", "--cloud", "away", "--yes")

    assert done.returncode == 2
    assert "The cloud does not answer." in done.stderr


def test_a_server_larger_than_any_host_fails_with_novas_words_and_is_cleared_away(
    checkout: Checkout, untouched: None
) -> None:
    design = {
        "format": 1,
        "settings": {},
        "components": {
            "net": {"type": "network", "properties": {"cidr": "10.0.0.0/16"}},
            "sn": {"type": "subnet", "parent": "net", "properties": {"cidr": "10.0.1.0/24"}},
            "app": {"type": "app_server", "parent": "sn", "properties": {"flavor": "practice.too-big"}},
        },
        "links": {},
    }
    (checkout.home / "huge.json").write_text(json.dumps(design))

    done = checkout.manage("deploy", str(checkout.home / "huge.json"), "--cloud", LAB, "--yes")
    gone = checkout.manage("destroy", "huge", "--cloud", LAB, "--yes")

    assert done.returncode == 1
    assert "No valid host was found" in done.stdout
    assert gone.returncode == 0, gone.stdout + gone.stderr


def test_an_account_that_may_not_look_is_told_so(checkout: Checkout, untouched: None) -> None:
    reader = yaml.safe_load((ROOT / "clouds.yaml").read_text())["clouds"]["practice-reader"]
    say(checkout, "reader", reader)

    done = checkout.manage("deploy", "rax-basic", "--cloud", "reader", "--yes")

    assert done.returncode == 2
    assert "Its object container list cannot be read." in done.stderr
