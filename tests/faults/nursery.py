"""Starts the product's processes by forking one that has loaded everything: a killed one is back in no time.

Reads `worker NAME`, `beat`, `web PORT` or `run CODE` (as JSON lists) and answers each with the child's pid.
"""

import json
import os
import sys
import traceback
from pathlib import Path

import django

django.setup()

from django.db import connections  # noqa: E402

from config.celery import app  # noqa: E402

app.loader.import_default_modules()
app.finalize()
connections.close_all()  # one that was inherited would be spoken on by all children at once


def be(what: str, *arguments: str) -> None:
    os.environ["FAULTS_ROLE"] = what
    home = Path(os.environ["STACKDRAFT_HOME"])
    if what == "run":
        exec(arguments[0], {})
    elif what == "worker":
        quiet = ["--without-gossip", "--without-mingle", "--loglevel", "WARNING"]
        app.worker_main(["worker", "--pool", "solo", "--hostname", f"{arguments[0]}@faults", *quiet])
    elif what == "beat":
        app.start(["beat", "--schedule", str(home / "beat"), "--pidfile", ""])
    else:
        import uvicorn

        uvicorn.run("config.asgi:application", host="127.0.0.1", port=int(arguments[0]), log_level="warning")


for line in sys.stdin:
    words = json.loads(line)
    pid = os.fork()
    if pid == 0:
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)
        code = 1
        try:
            be(*words)
            code = 0
        except Exception:  # noqa: BLE001
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    print(pid, flush=True)
    if words[0] == "run":
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
