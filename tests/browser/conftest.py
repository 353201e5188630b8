"""The whole product as a user has it: `manage.py run` on data of its own, driven in Debian's Chromium."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.servers import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 90
expect.set_options(timeout=15_000)


@dataclass(frozen=True)
class Product:
    """A running Stackdraft: where it answers, how to sign in, where its data and logs are."""

    address: str
    username: str
    password: str
    home: Path

    def manage(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """One management command on the same data."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment(self.home),
            capture_output=True,
            text=True,
            check=False,
        )


def environment(home: Path) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    return clean | {"STACKDRAFT_HOME": str(home), "DJANGO_SETTINGS_MODULE": "config.settings.base"}


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    home, port = tmp_path_factory.mktemp("home"), free_port()
    log = (home / "run.log").open("wb")
    child = subprocess.Popen(
        [sys.executable, "manage.py", "run"],
        cwd=ROOT,
        env=environment(home) | {"PORT": str(port)},
        stdout=log,
        stderr=log,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_it_answers(address, child, home)
        yield Product(address, "admin", (home / "first-user-password").read_text(), home)
    finally:
        child.send_signal(signal.SIGINT)
        try:
            child.wait(40)
        finally:
            child.kill()
            log.close()


def _wait_until_it_answers(address: str, child: "subprocess.Popen[bytes]", home: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and child.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2)
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"make run did not come up:\n{(home / 'run.log').read_text()}")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Debian's Chromium; background requests would only be refused where there is no way out."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise RuntimeError("No Chromium. Install it: sudo apt-get install chromium")
    quiet = [
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    return {"executable_path": chromium, "args": ["--no-sandbox", "--no-first-run", *quiet]}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, object]:
    return {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"}


@pytest.fixture
def signed_in(page: Page, product: Product) -> Page:
    return sign_in(page, product)


def sign_in(page: Page, product: Product) -> Page:
    page.goto(product.address)
    page.get_by_label("User name").fill(product.username)
    page.get_by_label("Password", exact=True).fill(product.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Designs")).to_be_visible()
    return page
