"""A proxy between the product and a real OpenStack, which answers as a service in trouble would.

Every service is spoken to through it, because it rewrites the addresses in Keystone's catalogue: each port
of the cloud has a port here.
"""

import http.client
import json
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CHANGING = ("POST", "PUT", "PATCH", "DELETE")
_SIGNING_IN = "/v3/auth/"
_PLACE = re.compile(r"127\.0\.0\.1:(\d+)")
KEYSTONE = 25000
_NOT_OURS = ("connection", "content-length", "host", "keep-alive", "transfer-encoding", "accept-encoding")


@dataclass(frozen=True)
class Trouble:
    """What becomes of one request. Nothing said: it is passed on as it is."""

    status: int = 0  # answered by the proxy, and never asked of the service
    headers: Mapping[str, str] = field(default_factory=dict)
    before_seconds: float = 0.0  # the request lands late
    after_seconds: float = 0.0  # it lands in time, and its answer comes late
    is_lost: bool = False  # it lands, and its answer never comes
    revokes: bool = False  # its token is no longer good from now on
    then: Callable[[], None] | None = None  # at this boundary, before it lands or (`is_lost`) after it


@dataclass(frozen=True)
class Request:
    """`number` counts what changes something, from 1; looks have the number of the change before them."""

    method: str
    path: str
    number: int

    @property
    def changes(self) -> bool:
        return self.method in CHANGING


Decide = Callable[[Request], Trouble | None]


class FaultProxy:
    """Listens on loopback. What is decided of requests may change at any time; what they met is counted."""

    def __init__(self) -> None:
        self.statuses: Counter[int] = Counter()
        self.troubles = 0
        self._decide: Decide = lambda request: None
        self._number = 0
        self._lock = threading.RLock()
        self._servers: dict[int, ThreadingHTTPServer] = {}  # by the cloud's port
        self._behind: dict[int, int] = {}  # port here -> the cloud's

    def close(self) -> None:
        for server in self._servers.values():
            server.shutdown()
            server.server_close()

    def begin(self, decide: Decide) -> None:
        """Count anew, and decide so from now on."""
        with self._lock:
            self._decide, self._number, self.troubles = decide, 0, 0
            self.statuses.clear()

    def through(self, text: str) -> str:
        """The cloud's addresses in a text, as they are spoken to by way of this proxy."""
        return _PLACE.sub(lambda found: f"127.0.0.1:{self._port_for(int(found[1]))}", text)

    def past(self, text: str) -> str:
        return _PLACE.sub(lambda found: f"127.0.0.1:{self._behind.get(int(found[1]), found[1])}", text)

    def _port_for(self, behind: int) -> int:
        with self._lock:
            if behind in self._behind:
                return behind  # it is one of ours already
            if behind not in self._servers:
                methods = {f"do_{method}": _Answer.answer for method in ("GET", "HEAD", *CHANGING)}
                handler = type("Answer", (_Answer,), {"proxy": self, "behind": behind, **methods})
                server = self._servers[behind] = ThreadingHTTPServer(("127.0.0.1", 0), handler)
                server.daemon_threads = True
                self._behind[server.server_address[1]] = behind
                threading.Thread(target=server.serve_forever, daemon=True).start()
            return self._servers[behind].server_address[1]

    def trouble_for(self, method: str, path: str) -> Trouble:
        if path.startswith(_SIGNING_IN):
            return Trouble()
        with self._lock:
            self._number += method in CHANGING
            request = Request(method, path, self._number)
            trouble = self._decide(request)
            self.troubles += trouble is not None
        return trouble or Trouble()

    def saw(self, status: int) -> None:
        with self._lock:
            self.statuses[status] += 1


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    proxy: FaultProxy
    behind: int

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        trouble = self.proxy.trouble_for(self.command, self.path)
        if trouble.then and not trouble.is_lost:
            trouble.then()
        if trouble.revokes:
            self._revoke()
        if trouble.status:
            said = json.dumps({"error": {"message": "Trouble, as asked for.", "code": trouble.status}})
            self._say(trouble.status, {"Content-Type": "application/json", **trouble.headers}, said.encode())
            return
        time.sleep(trouble.before_seconds)
        status, headers, answer = self._pass_on(body)
        if trouble.then and trouble.is_lost:
            trouble.then()
        if trouble.is_lost:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        time.sleep(trouble.after_seconds)
        self._say(status, headers, answer)

    def _pass_on(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        service = http.client.HTTPConnection("127.0.0.1", self.behind, timeout=300)
        kept = {name: value for name, value in self.headers.items() if name.lower() not in _NOT_OURS}
        try:
            text = self.proxy.past(body.decode("latin-1")).encode("latin-1")
            service.request(self.command, self.path, body=text or None, headers=kept)
            answer = service.getresponse()
            said = answer.read()
            headers = {k: v for k, v in answer.getheaders() if k.lower() not in _NOT_OURS}
        finally:
            service.close()
        said = self.proxy.through(said.decode("latin-1")).encode("latin-1")
        return answer.status, {k: self.proxy.through(v) for k, v in headers.items()}, said

    def _revoke(self) -> None:
        """At Keystone, with itself: what the services say of it then is their own 401."""
        token = self.headers.get("X-Auth-Token", "")
        keystone = http.client.HTTPConnection("127.0.0.1", KEYSTONE, timeout=60)
        keystone.request(
            "DELETE", "/v3/auth/tokens", headers={"X-Auth-Token": token, "X-Subject-Token": token}
        )
        assert keystone.getresponse().status == 204
        keystone.close()

    def _say(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.proxy.saw(status)
        try:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status not in (204, 304) and self.command != "HEAD":
                self.send_header("Content-Length", str(len(body)))
            elif self.command == "HEAD" or status == 304:
                self.send_header("Content-Length", "0")
            self.end_headers()
            if self.command != "HEAD" and status not in (204, 304):
                self.wfile.write(body)
        except OSError:
            self.close_connection = True  # whoever asked has given up

    def log_message(self, format: str, *arguments: Any) -> None:
        """The counts are enough."""
