"""Runs every check and every test, tells how each went, and fails when one did.

usage: python -m tests.run quick   what needs no server: linters, types, domain and screen tests
       python -m tests.run all     everything: PostgreSQL, Redis, Chromium, Debian machines, practice cloud

A suite that cannot run has failed: nothing is skipped silently. The practice cloud starts while the first
suites run, because installing it takes minutes. Logs of what ran in the background are in var/test-logs/.
"""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.servers import private_postgresql, private_redis

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
LOGS = ROOT / "var" / "test-logs"
PRACTICE_CLOUD = [sys.executable, ROOT / "docker/practice-cloud/practice_cloud.py"]
PRACTICE_CLOUD_MINUTES = 25


@dataclass(frozen=True)
class Suite:
    name: str
    command: list[str | Path]
    directory: Path = ROOT


def pytest(*arguments: str) -> list[str | Path]:
    return [BIN / "pytest", "-q", "--durations=5", *arguments]


QUICK = [
    Suite("ruff", [BIN / "ruff", "check", "."]),
    Suite("format", [BIN / "ruff", "format", "--check", "--quiet", "."]),
    Suite("types", [BIN / "mypy", "config", "catalog", "designer", "estimator", "deployer"]),
    Suite("imports", [BIN / "lint-imports", "--no-cache"]),
    Suite("django", [BIN / "python", "manage.py", "check", "--fail-level", "WARNING"]),
    Suite("migrations", [BIN / "python", "manage.py", "makemigrations", "--check", "--dry-run"]),
    Suite("screens", [BIN / "npm", "run", "--silent", "check"], ROOT / "frontend"),
]
IN_PROCESS = ("-m", "not cloud and not browser and not machines")
SIDE_BY_SIDE = ("-n", "2", "--dist", "loadfile")
DOMAIN_TESTS = Suite("domain", pytest(*IN_PROCESS, *SIDE_BY_SIDE, "tests", "--ignore=tests/faults"))
# They kill processes and stand their clocks still: beside others, what they meet is their neighbours' haste.
FAULT_TESTS = Suite("faults", pytest(*IN_PROCESS, "tests/faults"))
MACHINE_TESTS = Suite("machines", pytest("-m", "machines", "tests/machines"))
# Each of the two works in a project of its own.
CLOUD_TESTS = Suite("cloud", pytest("-m", "cloud and not browser", *SIDE_BY_SIDE, "tests"))
BROWSER_TESTS = Suite("browser", pytest("-m", "browser", "tests"))


def main(arguments: list[str]) -> int:
    if arguments not in (["quick"], ["all"]):
        print(__doc__, file=sys.stderr)
        return 2
    started = time.monotonic()
    everything = arguments == ["all"]
    environment = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}"}
    LOGS.mkdir(parents=True, exist_ok=True)
    cloud = start_practice_cloud(environment) if everything else None
    results = {suite.name: run(suite, environment) for suite in QUICK}
    if cloud is None:
        results["domain"] = run(DOMAIN_TESTS, environment)
        results["faults"] = run(FAULT_TESTS, environment)
    else:
        with private_postgresql() as database, private_redis() as redis:
            servers = {**environment, "DATABASE_URL": database, "REDIS_URL": redis}
            results["domain"] = run(DOMAIN_TESTS, servers)
            results["faults"] = run(FAULT_TESTS, servers)
        results["machines"] = run(MACHINE_TESTS, environment)
        results["practice cloud"] = wait_for(cloud)
        results["cloud"] = run(CLOUD_TESTS, environment)
        results["browser"] = run(BROWSER_TESTS, environment)
    return report(results, time.monotonic() - started)


def run(suite: Suite, environment: Mapping[str, str]) -> bool:
    print(f"\n=== {suite.name}", flush=True)
    started = time.monotonic()
    command = [str(part) for part in suite.command]
    done = subprocess.run(command, cwd=suite.directory, env=dict(environment), check=False)
    passed = done.returncode == 0
    print(
        f"=== {suite.name}: {'passed' if passed else 'FAILED'}, {time.monotonic() - started:.0f} s",
        flush=True,
    )
    return passed


def start_practice_cloud(environment: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    with (LOGS / "practice-cloud.log").open("wb") as log:
        command = [*map(str, PRACTICE_CLOUD), "up", "--clouds-yaml", str(ROOT / "clouds.yaml")]
        return subprocess.Popen(command, cwd=ROOT, env=dict(environment), stdout=log, stderr=log)


def wait_for(cloud: "subprocess.Popen[bytes]") -> bool:
    print("\n=== practice cloud", flush=True)
    started = time.monotonic()
    try:
        status = cloud.wait(PRACTICE_CLOUD_MINUTES * 60)
    except subprocess.TimeoutExpired:
        cloud.kill()
        status = 1
    if status != 0:
        print((LOGS / "practice-cloud.log").read_text()[-4000:])
    state = "ready" if status == 0 else "FAILED"
    print(f"=== practice cloud: {state}, waited {time.monotonic() - started:.0f} s", flush=True)
    return status == 0


def report(results: Mapping[str, bool], seconds: float) -> int:
    failed = [name for name, passed in results.items() if not passed]
    outcome = f"FAILED: {', '.join(failed)}" if failed else "Everything passed"
    print(f"\n{outcome} in {seconds / 60:.1f} minutes")
    print(f"{len(results) - len(failed)} passed, {len(failed)} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
