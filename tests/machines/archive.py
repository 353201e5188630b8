"""What machines find on the internet: Debian's packages from the cache, and stand-ins for other archives.

A forward proxy that machines reach at one address. A package it has not got is fetched once from the mirror;
`git` repositories are served from directories. Nothing else is out there: a recipe that asks for more fails.
"""

import hashlib
import os
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from tests.machines import tree
from tests.machines.wires import Space

GIT_HOST = "git.test"


class Archive:
    """Listens inside a namespace; asks the mirror from outside of it."""

    def __init__(self, space: Space, repositories: Mapping[str, Path]) -> None:
        self.log: list[str] = []
        handler = type("Answer", (_Answer,), {"log": self.log, "repositories": dict(repositories)})
        place = (tree.ARCHIVE_ADDRESS, tree.ARCHIVE_PORT)
        self.server = space.inside(lambda: ThreadingHTTPServer(place, handler))
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    log: list[str]
    repositories: Mapping[str, Path]

    def do_GET(self) -> None:
        self.log.append(self.path)
        asked = urlsplit(self.path)
        if asked.hostname == GIT_HOST:
            self._git()
        elif self.path.startswith((tree.MIRROR, tree.SECURITY)):
            self._package()
        else:
            self.send_error(403, "There is no internet beyond the package archive.")

    def do_POST(self) -> None:
        self.do_GET()

    def do_CONNECT(self) -> None:
        self.log.append(self.path)
        self.send_error(403, "There is no internet beyond the package archive.")

    def _package(self) -> None:
        place = tree.downloads() / hashlib.sha256(self.path.encode()).hexdigest()
        if not place.exists():
            try:
                with urllib.request.urlopen(self.path, timeout=120) as response:
                    body, changed = response.read(), response.headers.get("Last-Modified", "")
            except urllib.error.HTTPError as error:
                self.send_error(error.code)
                return
            place.parent.mkdir(parents=True, exist_ok=True)
            part = place.with_suffix(f".{os.getpid()}.{threading.get_ident()}")
            part.write_bytes(changed.encode() + b"\n" + body)
            part.rename(place)
        changed, _, body = place.read_bytes().partition(b"\n")
        if changed and self.headers.get("If-Modified-Since", "").encode() == changed:
            self.send_response(304)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        if changed:
            self.send_header("Last-Modified", changed.decode())
        self.end_headers()
        self.wfile.write(body)

    def _git(self) -> None:
        """git http-backend, the program that real servers run too."""
        asked = urlsplit(self.path)
        name, _, rest = asked.path.lstrip("/").partition("/")
        repository = self.repositories.get(name)
        if repository is None:
            self.send_error(404)
            return
        length = int(self.headers.get("Content-Length") or 0)
        said = {
            "GIT_PROJECT_ROOT": str(repository),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": f"/{rest}",
            "QUERY_STRING": asked.query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "safe.directory",
            "GIT_CONFIG_VALUE_0": "*",
        }
        done = subprocess.run(
            ["git", "http-backend"],
            input=self.rfile.read(length),
            capture_output=True,
            env={"PATH": os.environ["PATH"], **said},
            check=True,
        )
        head, _, body = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        self.send_response(int(headers.pop("Status", "200 OK").split()[0]))
        for header, value in headers.items():
            self.send_header(header, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """The list of what was asked is enough."""
