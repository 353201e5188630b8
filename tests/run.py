"""Runs every check and every test, tells how each went, and fails when one did.

usage: python -m tests.run quick   what needs no server: linters, types, domain and screen tests
       python -m tests.run all     everything: PostgreSQL, Redis, Chromium, Debian machines, practice cloud

A suite that cannot run has failed: nothing is skipped silently. Two lanes run side by side: the practice
cloud with its tests, and all that needs no cloud. The browser comes last and alone, because people's patience
is a clock. What a suite prints appears when it ends; meanwhile it grows in var/test-logs/.
"""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.servers import private_postgresql, private_redis

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
LOGS = ROOT / "var" / "test-logs"
PRACTICE_CLOUD = ROOT / "docker/practice-cloud/practice_cloud.py"


@dataclass(frozen=True)
class Suite:
    name: str
    command: list[str | Path]
    directory: Path = ROOT
    minutes: int = 40
    """After this it is ended, and has failed."""


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
DOMAIN_TESTS = Suite("domain", pytest("-m", "not cloud and not browser and not machines", "tests"))
MACHINE_TESTS = Suite("machines", pytest("-m", "machines", "tests/machines"))
CLOUD = Suite(
    "practice cloud",
    [sys.executable, PRACTICE_CLOUD, "up", "--clouds-yaml", ROOT / "clouds.yaml"],
    minutes=25,
)
CLOUD_TESTS = Suite("cloud", pytest("-m", "cloud and not browser", "tests"))
BROWSER_TESTS = Suite("browser", pytest("-m", "browser", "tests"))


def main(arguments: list[str]) -> int:
    if arguments not in (["quick"], ["all"]):
        print(__doc__, file=sys.stderr)
        return 2
    started = time.monotonic()
    environment = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}"}
    LOGS.mkdir(parents=True, exist_ok=True)
    if arguments == ["quick"]:
        results = run_each([*QUICK, DOMAIN_TESTS], environment)
    else:
        results = run_everything(environment)
    return report(results, time.monotonic() - started)


def run_everything(environment: Mapping[str, str]) -> dict[str, bool]:
    with private_postgresql() as database, private_redis() as redis, ThreadPoolExecutor(1) as other_lane:
        clouds = other_lane.submit(run_each, [CLOUD, CLOUD_TESTS], environment)
        results = run_each(QUICK, environment)
        servers = {**environment, "DATABASE_URL": database, "REDIS_URL": redis}
        results |= run_each([DOMAIN_TESTS], servers)
        results |= run_each([MACHINE_TESTS], environment)
        results |= clouds.result()
    return results | run_each([BROWSER_TESTS], environment)


def run_each(suites: list[Suite], environment: Mapping[str, str]) -> dict[str, bool]:
    return {suite.name: run(suite, environment) for suite in suites}


def run(suite: Suite, environment: Mapping[str, str]) -> bool:
    started = time.monotonic()
    log = LOGS / f"{suite.name.replace(' ', '-')}.log"
    print(f"\n... {suite.name}: {log.relative_to(ROOT)}", flush=True)
    # A file, not a pipe: the practice cloud's programs live on after `up`, and would hold a pipe open.
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(part) for part in suite.command],
            cwd=suite.directory,
            env=dict(environment),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            ended = process.wait(suite.minutes * 60) == 0
        except subprocess.TimeoutExpired:
            process.kill()
            ended = False
            output.write(f"\nNot ended after {suite.minutes} minutes.\n".encode())
    told = f"=== {suite.name}: {'passed' if ended else 'FAILED'}, {time.monotonic() - started:.0f} s"
    # One write, so that the two lanes do not mix.
    print(f"\n=== {suite.name}\n{log.read_text(errors='replace')}{told}", flush=True)
    return ended


def report(results: Mapping[str, bool], seconds: float) -> int:
    failed = [name for name, passed in results.items() if not passed]
    outcome = f"FAILED: {', '.join(failed)}" if failed else "Everything passed"
    print(f"\n{outcome} in {seconds / 60:.1f} minutes")
    print(f"{len(results) - len(failed)} passed, {len(failed)} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
