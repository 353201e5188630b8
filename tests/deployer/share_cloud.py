"""Keystone, and as much of Manila and Neutron as shares need, on loopback: no Manila runs on this machine.

Written after Manila's API reference: shares are `creating` at first, rules `queued_to_apply`, and a share
network in use is not removed.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

Answer = tuple[int, Any]
CIDR = "10.9.0.0/24"


@dataclass
class ShareCloud:
    """`own_servers`: whether its default type of share runs a server in the user's network."""

    address: str = ""
    own_servers: bool = False
    shares: dict[str, dict[str, Any]] = field(default_factory=dict)
    networks: dict[str, dict[str, Any]] = field(default_factory=dict)
    rules: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def credential(self) -> dict[str, Any]:
        auth = {"auth_url": f"{self.address}/v3", "username": "u", "password": "p", "project_name": "p"}
        domains = {"user_domain_name": "Default", "project_domain_name": "Default"}
        return {"auth": auth | domains, "region_name": "RegionOne"}

    def answer(self, method: str, path: str, body: dict[str, Any]) -> Answer:
        if path.rstrip("/") in ("", "/v3"):
            link = [{"rel": "self", "href": f"{self.address}/v3/"}]
            return 200, {"version": {"id": "v3.14", "status": "stable", "links": link}}
        if path == "/v3/auth/tokens":
            return 201, self._token()
        if path.startswith("/network"):
            return self._neutron(path)
        return self._manila(method, path.removeprefix("/share/v2"), body)

    def _neutron(self, path: str) -> Answer:
        if "/subnets/" in path:
            return 200, {"subnet": {"id": path.rpartition("/")[2], "cidr": CIDR}}
        link = [{"rel": "self", "href": f"{self.address}/network/v2.0"}]
        return 200, {"versions": [{"id": "v2.0", "status": "CURRENT", "links": link}]}

    def _manila(self, method: str, path: str, body: dict[str, Any]) -> Answer:
        if path.strip("/") == "":
            link = [{"rel": "self", "href": f"{self.address}/share/v2/"}]
            known = {
                "id": "v2.0",
                "status": "CURRENT",
                "version": "2.82",
                "min_version": "2.0",
                "links": link,
            }
            return 200, {"versions": [known]}
        if path == "/types/default":
            extras = {"driver_handles_share_servers": str(self.own_servers)}
            return 200, {"share_type": {"id": "t", "name": "default", "extra_specs": extras}}
        if path.startswith("/share-networks"):
            return self._share_networks(method, path, body)
        if path.startswith("/share-access-rules"):
            return 200, {
                "access_list": [rule for share in self.rules for rule in self._looked_at_rules(share)]
            }
        if match := re.fullmatch(r"/shares/([^/]+)/(\w+)", path):
            return self._of_share(match[1], match[2], body)
        return self._shares(method, path.rpartition("/")[2], body)

    def _shares(self, method: str, last: str, body: dict[str, Any]) -> Answer:
        if method == "POST":
            new = {"id": f"share-{len(self.shares) + 1}", "status": "creating", **body["share"]}
            self.shares[new["id"]] = new
            return 200, {"share": new}
        if last in ("detail", "shares"):
            return 200, {"shares": list(self.shares.values())}
        if last not in self.shares:
            return 404, {"itemNotFound": {"code": 404, "message": f"Share {last} could not be found."}}
        if method == "DELETE":
            del self.shares[last]
            return 202, None
        now = dict(self.shares[last])
        self.shares[last]["status"] = "available"
        return 200, {"share": now}

    def _of_share(self, share_id: str, what: str, body: dict[str, Any]) -> Answer:
        if what == "export_locations":
            return 200, {"export_locations": [{"id": "e", "path": f"10.0.0.5:/{share_id}"}]}
        if "allow_access" in body:
            rule = {"id": "a", "share_id": share_id, "state": "queued_to_apply", **body["allow_access"]}
            self.rules.setdefault(share_id, []).append(rule)
            return 200, {"access": rule}
        if "extend" in body:
            self.shares[share_id]["size"] = body["extend"]["new_size"]
            return 202, None
        return 400, {"badRequest": {"code": 400, "message": f"No such action: {body}"}}

    def _looked_at_rules(self, share_id: str) -> list[dict[str, Any]]:
        now = [dict(rule) for rule in self.rules[share_id]]
        for rule in self.rules[share_id]:
            rule["state"] = "active"
        return now

    def _share_networks(self, method: str, path: str, body: dict[str, Any]) -> Answer:
        last = path.rpartition("/")[2]
        if method == "POST":
            new = {"id": f"sn-{len(self.networks) + 1}", **body["share_network"]}
            self.networks[new["id"]] = new
            return 200, {"share_network": new}
        if last in ("detail", "share-networks"):
            return 200, {"share_networks": list(self.networks.values())}
        if last not in self.networks:
            return 404, {"itemNotFound": {"code": 404, "message": "No such share network."}}
        if method == "DELETE":
            if any(share.get("share_network_id") == last for share in self.shares.values()):
                return 409, {"conflictingRequest": {"code": 409, "message": "It has shares."}}
            del self.networks[last]
            return 202, None
        return 200, {"share_network": self.networks[last]}

    def _token(self) -> dict[str, Any]:
        places = {"shared-file-system": "/share/v2/", "network": "/network"}
        catalogue = [
            {
                "type": name,
                "name": name,
                "id": name,
                "endpoints": [
                    {
                        "interface": "public",
                        "region": "RegionOne",
                        "region_id": "RegionOne",
                        "id": name,
                        "url": self.address + path,
                    }
                ],
            }
            for name, path in places.items()
        ]
        domain = {"id": "default", "name": "Default"}
        return {
            "token": {
                "methods": ["password"],
                "expires_at": "2099-01-01T00:00:00.000000Z",
                "issued_at": "2026-11-21T00:00:00.000000Z",
                "catalog": catalogue,
                "audit_ids": ["a"],
                "user": {"id": "u", "name": "u", "domain": domain},
                "project": {"id": "p", "name": "p", "domain": domain},
                "roles": [{"id": "r", "name": "member"}],
            }
        }


@contextmanager
def share_cloud() -> Iterator[ShareCloud]:
    cloud = ShareCloud()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self._answer("POST")

        def do_GET(self) -> None:
            self._answer("GET")

        def do_DELETE(self) -> None:
            self._answer("DELETE")

        def _answer(self, method: str) -> None:
            said = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, body = cloud.answer(method, urlsplit(self.path).path, json.loads(said) if said else {})
            content = b"" if body is None else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.send_header("X-Subject-Token", "secret")
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
