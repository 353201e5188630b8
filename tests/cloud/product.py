"""The whole product, `manage.py run` on data of its own, and a person at its HTTP API."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from tests.servers import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 400
PATIENCE_SECONDS = 1500
PAUSE_SECONDS = 1.5
ASKED_AGAIN = 5
UNDER_WAY = {"queued", "running", "cancelling"}


class Person:
    """Speaks to the API with a token, from any thread."""

    def __init__(self, address: str, token: str) -> None:
        self._address = address
        self._headers = {"Authorization": f"Token {token}"}

    def get(self, path: str) -> Any:
        return self._said(requests.get(self._address + path, headers=self._headers, timeout=300))

    def post(self, path: str, **body: Any) -> Any:
        """Once more where the product says that the cloud does not answer: a busy one does a little later."""
        for _ in range(ASKED_AGAIN):
            answer = requests.post(self._address + path, json=body, headers=self._headers, timeout=600)
            if answer.status_code != 409 or answer.json().get("code") != "cloud_not_ready":
                break
            time.sleep(PAUSE_SECONDS)
        return self._said(answer)

    def patch(self, path: str, body: dict[str, Any]) -> Any:
        headers = {**self._headers, "Content-Type": "application/merge-patch+json"}
        return self._said(requests.patch(self._address + path, json=body, headers=headers, timeout=300))

    def carry_out(self, plan: dict[str, Any], *, confirm: Sequence[str] = ()) -> dict[str, Any]:
        """Apply a plan that passed its checks, and wait for the end of the deployment."""
        failed = [check for check in plan["preflight"] if check["status"] == "failed"]
        assert not failed, failed
        deployment = self.post(f"/api/plans/{plan['id']}/apply/", confirm=list(confirm))["deployment"]
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            mine = self.get(f"/api/deployments/?design={plan['design']}")
            if next(one["status"] for one in mine if one["id"] == deployment) not in UNDER_WAY:
                break
            time.sleep(PAUSE_SECONDS)
        told: dict[str, Any] = self.get(f"/api/deployments/{deployment}/")
        assert told["status"] == "succeeded", f"{told['status']}: {_troubles(told)}"
        return told

    @staticmethod
    def _said(answer: requests.Response) -> Any:
        assert answer.ok, f"{answer.request.method} {answer.url}: {answer.status_code} {answer.text[:2000]}"
        return answer.json()


@contextmanager
def running_product(home: Path) -> Iterator[Person]:
    """Web, worker, scheduler and Redis for as long as the block takes."""
    clean = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    port = free_port()
    said = {"STACKDRAFT_HOME": str(home), "DJANGO_SETTINGS_MODULE": "config.settings.base", "PORT": str(port)}
    home.mkdir(parents=True, exist_ok=True)
    with (home / "run.log").open("wb") as log:
        child = subprocess.Popen(
            [sys.executable, "manage.py", "run"], cwd=ROOT, env={**clean, **said}, stdout=log, stderr=log
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_until_it_answers(address, child, home / "run.log")
            yield Person(address, _token(address, (home / "first-user-password").read_text().strip()))
        finally:
            child.send_signal(signal.SIGINT)
            try:
                child.wait(60)
            finally:
                child.kill()


def _token(address: str, password: str) -> str:
    session = requests.Session()
    session.get(f"{address}/api/session/", timeout=60)
    session.post(
        f"{address}/api/session/",
        json={"username": "admin", "password": password},
        headers={"X-CSRFToken": session.cookies["csrftoken"]},
        timeout=60,
    ).raise_for_status()
    return str(session.get(f"{address}/api/token/", timeout=60).json()["token"])


def _wait_until_it_answers(address: str, child: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and child.poll() is None:
        try:
            requests.get(f"{address}/healthz", timeout=2)
            return
        except requests.RequestException:
            time.sleep(0.3)
    raise RuntimeError(f"manage.py run did not come up:\n{log.read_text()}")


def _troubles(deployment: dict[str, Any]) -> list[str]:
    return [event["text"] for event in deployment["events"] if event["level"] != "info"][-12:]
