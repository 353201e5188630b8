"""Starts everything the embedded mode needs: Redis, worker, scheduler, web."""

import fcntl
import os
import socket
import sys
import time
import urllib.request
from pathlib import Path
from typing import TextIO

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from config.first_user import FirstUser, ensure_first_user
from config.processes import Process, Stopped, redis_command, stop_on_signals, watch

READY_SECONDS = 60


class Command(BaseCommand):
    help = "Run Stackdraft on this machine: web, worker and scheduler. Ctrl-C stops everything."

    def handle(self, *args: object, **options: object) -> None:
        if not settings.EMBEDDED:
            raise CommandError(
                "This starts the embedded mode. In production start web, worker and beat by hand."
            )
        port = self._free_port()
        lock = self._only_one()
        call_command("migrate", verbosity=0)
        first = ensure_first_user()
        logs = settings.HOME / "logs"
        logs.mkdir(exist_ok=True)
        processes = self._processes(port, logs)
        stop_on_signals()
        failed = ""
        try:
            for process in processes:
                process.start()
            self._wait_until_ready(port)
            self._welcome(port, first)
            failed = watch(processes)
        except Stopped:
            self.stdout.write("\nStopping.")
        finally:
            for process in reversed(processes):
                process.stop()
            lock.close()
        if failed:
            raise CommandError(
                f"{failed} stopped by itself. Its last words are in {logs / failed}.log", returncode=1
            )

    def _free_port(self) -> int:
        text = os.environ.get("PORT", "8000")
        if not text.isdigit() or not 1 <= int(text) <= 65535:
            raise CommandError(f"PORT is {text!r}; use a number from 1 to 65535.", returncode=2)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", int(text)))
            except OSError:
                raise CommandError(
                    f"Port {text} is taken by another program. Choose another: PORT=8001 make run",
                    returncode=2,
                ) from None
        return int(text)

    def _only_one(self) -> TextIO:
        """One set of processes on one set of data; the lock goes with this process, however it ends."""
        settings.HOME.mkdir(parents=True, exist_ok=True)
        lock = (settings.HOME / "running.lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CommandError(
                f"Stackdraft already runs with the data in {settings.HOME}. "
                "Stop it first, or choose another place: STACKDRAFT_HOME=…",
                returncode=2,
            ) from None
        return lock

    def _processes(self, port: int, logs: Path) -> list[Process]:
        python = [sys.executable, "-m"]
        celery = [*python, "celery", "--app", "config", "--workdir", str(settings.BASE_DIR)]
        web = [*python, "uvicorn", "config.asgi:application", "--host", "127.0.0.1", "--port", str(port)]
        commands = {
            "worker": [*celery, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle"],
            "scheduler": [
                *celery,
                "beat",
                "--schedule",
                str(settings.HOME / "beat-schedule"),
                "--pidfile",
                "",
            ],
            "web": [
                *web,
                "--log-level",
                "warning",
                "--no-server-header",
                "--app-dir",
                str(settings.BASE_DIR),
            ],
        }
        processes = []
        if settings.PRIVATE_REDIS_SOCKET:
            redis = redis_command(settings.PRIVATE_REDIS_SOCKET, settings.HOME)
            processes.append(Process("redis", redis, logs / "redis.log", restart=True))
        # The record is the database, so each of them may die and come back at any time.
        return processes + [
            Process(name, command, logs / f"{name}.log", restart=True) for name, command in commands.items()
        ]

    def _wait_until_ready(self, port: int) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                    return
            except OSError:
                time.sleep(0.2)
        raise CommandError(
            f"The web process did not answer in {READY_SECONDS} s. See {settings.HOME / 'logs'}."
        )

    def _welcome(self, port: int, first: FirstUser) -> None:
        how = f"password {first.password}" if first.password else "your own password"
        self.stdout.write(
            f"\n  Stackdraft   http://127.0.0.1:{port}\n  Sign in as   {first.username}, {how}\n"
        )
        self.stdout.write("  Stop with    Ctrl-C\n\n")
        self.stdout.flush()
