"""A cloud on loopback that answers as Keystone, Nova and CloudKitty do, with the recorded rating rules."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.catalog.price_list_files import LISTS

HASHMAP = "/rating/v1/rating/module_config/hashmap/"


@dataclass
class RatingCloud:
    """`answers` replaces what a path is answered with; `services` are those in Keystone's catalogue."""

    address: str = ""
    services: list[str] = field(default_factory=lambda: ["compute", "rating"])
    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @property
    def credential(self) -> dict[str, Any]:
        auth = {
            "auth_url": f"{self.address}/v3", "username": "u", "password": "p", "project_name": "p",
            "user_domain_name": "Default", "project_domain_name": "Default",
        }  # fmt: skip
        return {"auth": auth, "region_name": "RegionOne"}

    def answer(self, url: str) -> Any:
        path, query = urlsplit(url).path, parse_qs(urlsplit(url).query)
        self.asked.append(url)
        if path in self.answers:
            return self.answers[path]
        if path.rstrip("/") in ("", "/v3"):
            link = [{"rel": "self", "href": f"{self.address}/v3/"}]
            version = {"id": "v3.14", "status": "stable", "links": link}
            return {"version": version} if path else {"versions": {"values": [version]}}
        if path.startswith(HASHMAP):
            name = path.removeprefix(HASHMAP)
            found = _recorded(name)
            if name == "fields":  # the API asks for a service
                wanted = query["service_id"][0]
                found["fields"] = [one for one in found["fields"] if one["service_id"] == wanted]
            return found
        if path == "/rating/v1/info/metrics":
            return _recorded("metrics")
        if path.endswith("/flavors/detail"):
            return {"flavors": [_as_nova_says(one) for one in _recorded("flavors")["flavors"]]}
        if path.endswith("/os-availability-zone"):
            return {"availabilityZoneInfo": []}
        if path.endswith("/limits"):
            return {"limits": {"rate": [], "absolute": {"maxTotalCores": 20, "totalCoresUsed": 0}}}
        if path.rstrip("/") in ("/compute", "/compute/v2.1"):
            link = [{"rel": "self", "href": f"{self.address}/compute/v2.1/"}]
            version = {
                "id": "v2.1",
                "status": "CURRENT",
                "version": "2.90",
                "min_version": "2.1",
                "links": link,
            }
            return {"version": version}
        return None

    def token(self) -> dict[str, Any]:
        paths = {"compute": "/compute/v2.1", "rating": "/rating/"}
        catalogue = [
            {"type": name, "name": name, "id": name, "endpoints": [
                {"interface": "public", "region": "RegionOne", "region_id": "RegionOne", "id": name,
                 "url": f"{self.address}{paths[name]}"}]}
            for name in self.services
        ]  # fmt: skip
        return {"token": {
            "methods": ["password"], "expires_at": "2099-01-01T00:00:00.000000Z",
            "issued_at": "2026-11-21T00:00:00.000000Z", "catalog": catalogue, "audit_ids": ["a"],
            "user": {"id": "u", "name": "u", "domain": {"id": "default", "name": "Default"}},
            "project": {"id": "p", "name": "p", "domain": {"id": "default", "name": "Default"}},
            "roles": [{"id": "r", "name": "admin"}],
        }}  # fmt: skip


def _recorded(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((LISTS / "cloudkitty" / f"{name}.json").read_text())
    return found


def _as_nova_says(flavor: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": flavor["id"], "name": flavor["name"], "vcpus": flavor["vcpus"],
        "ram": int(flavor["ram_gib"]) * 1024, "disk": int(flavor["disk_gib"]),
        "OS-FLV-DISABLED:disabled": False, "os-flavor-access:is_public": True,
    }  # fmt: skip


@contextmanager
def rating_cloud() -> Iterator[RatingCloud]:
    cloud = RatingCloud()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self._send(cloud.token(), status=201, token="secret")

        def do_GET(self) -> None:
            found = cloud.answer(self.path)
            self._send(found, status=404 if found is None else 200)

        def _send(self, body: Any, *, status: int, token: str = "") -> None:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            if token:
                self.send_header("X-Subject-Token", token)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *said: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    cloud.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield cloud
    finally:
        server.shutdown()
        server.server_close()
