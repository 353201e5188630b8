"""The whole product around the cloud in memory: nursery, workers, scheduler, web, Redis and SQLite."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg

from tests.faults.cloud_process import connect
from tests.servers import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 60
WORKERS = ("one", "two")
TEMPLATE = {"template_key": "rax-basic", "form": "hardened"}

APPLY = """
from django.contrib.auth.models import User
from deployer.models import Cloud, Deployment
from deployer.services.deploying import apply_plan
from deployer.services.planning import create_plan
from designer.models import Design
from designer.services.designs import create_design
from tests.deployer.conftest import CREDENTIAL
from deployer.services.clouds import add_cloud
owner, _ = User.objects.get_or_create(username="mara")
cloud = Cloud.objects.filter(name="lab").first() or add_cloud(owner=owner, name="lab", credential=CREDENTIAL)
for name in {names!r}:
    design = Design.objects.filter(name=name).first() or create_design(
        name=name, owner=owner, **{drawn!r}
    )
    plan = create_plan(design=design, cloud=cloud, intent={intent!r}, created_by=owner)
    apply_plan(plan, applied_by=owner)
"""
MIGRATE = "from django.core.management import call_command; call_command('migrate', verbosity=0)"


class Stack:
    """`database` is the address of a PostgreSQL, else it is SQLite."""

    def __init__(self, home: Path, *, database: str = "") -> None:
        self.home = home
        self._database = database
        self._redis_socket = home / "redis.sock"
        self._web_port = free_port()
        self._log = (home / "log").open("ab")
        self._environment = {
            **os.environ,
            "STACKDRAFT_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "REDIS_URL": f"unix://{self._redis_socket}",
            "FAULTS_CLOUD": str(home / "cloud.sock"),
            "STACKDRAFT_DEPLOYMENT_LEASE": "3",
            "STACKDRAFT_SWEEP_SECONDS": "1",
        }
        self._environment["DATABASE_URL"] = database or f"sqlite:///{home / 'stackdraft.sqlite3'}"
        self.pids: dict[str, int] = {}
        self._children: list[subprocess.Popen[Any]] = []

    def __enter__(self) -> "Stack":
        self._spawn(sys.executable, "-m", "tests.faults.cloud_process", str(self.home / "cloud.sock"))
        self._wait((self.home / "cloud.sock").exists, "the cloud")
        manager = connect(str(self.home / "cloud.sock"))
        self.cloud, self.boundaries = manager.cloud(), manager.boundaries()
        self._nursery = self._spawn(sys.executable, "-m", "tests.faults.nursery", pipes=True)
        self.start("broker")
        self.run(MIGRATE)
        for name in ("scheduler", "web", *WORKERS):
            self.start(name)
        return self

    def __exit__(self, *error: object) -> None:
        for name in list(self.pids):
            self.kill(name)
        for child in reversed(self._children):
            child.kill()
            child.wait()
        self._log.close()

    # --- processes ---

    def start(self, name: str) -> None:
        if name == "broker":
            program = shutil.which("redis-server") or str(Path(sys.executable).with_name("redis-server"))
            options = ["--port", "0", "--unixsocket", str(self._redis_socket), "--save", ""]
            self.pids[name] = self._spawn(program, *options, "--dir", str(self.home)).pid
            self._wait(self._redis_socket.exists, "Redis")
        elif name == "web":
            self.pids[name] = self._ask("web", str(self._web_port))
        elif name == "scheduler":
            self.pids[name] = self._ask("beat")
        else:
            self.pids[name] = self._ask("worker", name)

    def kill(self, name: str) -> None:
        """At once and without a word."""
        with suppress(ProcessLookupError):
            os.kill(self.pids.pop(name), signal.SIGKILL)
        if name == "broker":
            self._redis_socket.unlink(missing_ok=True)

    def run(self, code: str) -> None:
        """Some lines inside the product."""
        self._ask("run", code)
        assert self._read() == 0, (self.home / "log").read_text()[-3000:]

    def apply(self, names: list[str], intent: str, drawn: Mapping[str, Any] = TEMPLATE) -> dict[str, str]:
        """Deploy or destroy designs of these names. Returns the deployments' ids by name."""
        self.run(APPLY.format(names=names, intent=intent, drawn=dict(drawn)))
        newest = """select d.name, p.id from deployer_deployment p
                    join designer_design d on d.id = p.design_id order by p.created_at"""
        ids = dict(self.ask(newest))
        return {name: _spelled(ids[name]) for name in names}

    # --- what an outsider sees ---

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        if self._database:
            with psycopg.connect(self._database) as connection:
                return connection.execute(query).fetchall()
        database = sqlite3.connect(self.home / "stackdraft.sqlite3", timeout=20)
        try:
            return database.execute(query).fetchall()
        finally:
            database.close()

    def can_be_written(self) -> bool:
        """Whether nobody keeps the SQLite file to himself."""
        database = sqlite3.connect(self.home / "stackdraft.sqlite3", timeout=2, isolation_level=None)
        try:
            database.execute("begin immediate")
        except sqlite3.OperationalError:
            return False
        finally:
            database.close()
        return True

    def statuses(self) -> dict[str, str]:
        return {
            _spelled(one): status for one, status in self.ask("select id, status from deployer_deployment")
        }

    def recorded(self) -> set[tuple[str, str]]:
        """What the records say stands in the cloud, as (kind, id)."""
        return set(self.ask("select kind, cloud_id from deployer_resource where cloud_id <> ''"))

    def steps(self, name: str) -> set[tuple[str, str]]:
        """What a design's plans made, changed or removed, as (key, kind)."""
        plans = f"""select p.id from deployer_plan p join designer_designrevision r on r.id = p.revision_id
                    join designer_design d on d.id = r.design_id where d.name = '{name}'"""
        return set(
            self.ask(
                f"select key, kind from deployer_step where plan_id in ({plans}) and action <> 'nothing'"
            )
        )

    def wait_for_web(self) -> None:
        self._wait(self._web_answers, "the web process")

    def _web_answers(self) -> bool:
        with (
            suppress(OSError),
            urllib.request.urlopen(f"http://127.0.0.1:{self._web_port}/healthz", timeout=5),
        ):
            return True
        return False

    def _spawn(self, *command: str, pipes: bool = False) -> "subprocess.Popen[Any]":
        pipe = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True} if pipes else {}
        child = subprocess.Popen(
            list(command),
            cwd=ROOT,
            env=self._environment,
            stderr=self._log,
            **{"stdout": self._log, **pipe},  # type: ignore[call-overload]
        )
        self._children.append(child)
        return child

    def _ask(self, *words: str) -> int:
        self._nursery.stdin.write(json.dumps(words) + "\n")
        self._nursery.stdin.flush()
        return self._read()

    def _read(self) -> int:
        line = self._nursery.stdout.readline()
        assert line, (self.home / "log").read_text()[-3000:]
        return int(line)

    def _wait(self, ready: Any, what: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not ready():
            assert time.monotonic() < deadline, f"{what} did not start"
            time.sleep(0.05)


def _spelled(identity: Any) -> str:
    """SQLite keeps ids without dashes."""
    bare = str(identity).replace("-", "")
    return "-".join((bare[:8], bare[8:12], bare[12:16], bare[16:20], bare[20:]))
