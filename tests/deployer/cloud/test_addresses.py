"""Where a cloud may be: never at a link-local address, at a private one only when that is allowed."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
import requests

from deployer.cloud.addresses import AddressPolicy, GuardedAdapter
from deployer.cloud.openstack_cloud import open_cloud
from deployer.domain.cloud import AddressRefused, Unreachable

STRICT = AddressPolicy(allow_private=False)
RELAXED = AddressPolicy(allow_private=True)


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data",
        "http://[fe80::1]/v3",
        "http://[::ffff:169.254.169.254]/v3",
        "http://0.0.0.0:5000/v3",
        "http://2852039166/v3",  # 169.254.169.254 as one number
        "http://0xa9.0xfe.0xa9.0xfe/v3",
        "http://0251.0376.0251.0376/v3",  # and with eights
        "http://[::169.254.169.254]/v3",
        "http://[64:ff9b::a9fe:a9fe]/v3",  # through NAT64
        "http://[2002:a9fe:a9fe::1]/v3",  # through 6to4
        "http://[fd00:ec2::254]/v3",
        "http://100.100.100.200/v3",
        "http://[ff02::1]/v3",
    ],
)
@pytest.mark.parametrize("policy", [STRICT, RELAXED])
def test_some_addresses_are_never_a_clouds(url: str, policy: AddressPolicy) -> None:
    with pytest.raises(AddressRefused):
        policy.check_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:5000/v3",
        "http://10.1.2.3/v3",
        "http://[::1]/",
        "http://localhost",
        "http://2130706433/",  # 127.0.0.1 as one number
        "http://0177.1/",  # and shorter, with eights
        "http://[::ffff:10.1.2.3]/",
        "http://[::10.1.2.3]/",
        "http://[64:ff9b::10.1.2.3]/",
        "http://[2002:a01:203::1]/",
        "http://[fc00::1]/",
        "http://[fec0::1]/",
        "http://100.64.0.1/",
        "http://192.0.2.1/",
    ],
)
def test_private_addresses_need_permission(url: str) -> None:
    RELAXED.check_url(url)
    with pytest.raises(AddressRefused, match="a private address"):
        STRICT.check_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://example.org",
        "file:///etc/passwd",
        "https://",
        "http://[",
        "http://a:b",
        "http://cloud.example.org@127.0.0.1/",
        "http://127.0.0.1\\@cloud.example.org/",
        "http://cloud.example.org\t.evil.test/",
        "http://cloud.example.org /v3",
    ],
)
def test_what_is_no_web_address_is_said_to_be_none(url: str) -> None:
    with pytest.raises(AddressRefused, match="is not a web address"):
        STRICT.check_url(url)


def test_a_list_of_hosts_allows_only_those() -> None:
    policy = AddressPolicy(allow_private=True, allowed_hosts=("localhost", "*.example.org"))

    policy.check_url("http://localhost:5000/v3")
    with pytest.raises(AddressRefused, match=r"Clouds at 127\.0\.0\.1 are not allowed here\."):
        policy.check_url("http://127.0.0.1:5000/v3")
    with pytest.raises(AddressRefused):
        policy.check_url("http://example.org.evil.test/v3")


def test_a_name_that_nobody_has_is_said_to_be_unknown() -> None:
    with pytest.raises(Unreachable, match=r"There is no machine called nowhere\.invalid\."):
        STRICT.check_url("https://nowhere.invalid/v3")


@contextmanager
def a_server(redirect_to: str = "") -> Iterator[tuple[str, list[str]]]:
    """A web server on loopback that remembers what it was asked for, and may send everybody elsewhere."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(302 if redirect_to else 200)
            if redirect_to:
                self.send_header("Location", redirect_to)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def test_the_address_really_connected_to_is_looked_at() -> None:
    """As when a service catalogue names an address inside, or a name answers differently the second time."""
    with a_server() as (url, asked), requests.Session() as session:
        session.trust_env = False
        session.mount("http://", GuardedAdapter(STRICT))
        with pytest.raises(AddressRefused):
            session.get(f"{url}/secret")
        assert asked == []

        session.mount("http://", GuardedAdapter(RELAXED))
        assert session.get(f"{url}/v3").status_code == 200
        assert asked == ["/v3"]


def test_a_name_that_changes_its_answer_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    with a_server() as (url, asked), requests.Session() as session:
        session.trust_env = False
        session.mount("http://", GuardedAdapter(STRICT))
        port = int(url.rpartition(":")[2])
        inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        monkeypatch.setattr("socket.getaddrinfo", lambda *a, **k: inside)

        with pytest.raises(AddressRefused):
            session.get(f"http://cloud.example.org:{port}/v3")
        assert asked == []


def test_the_name_is_looked_up_once_for_each_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look and the call a name can't lead elsewhere: the call goes to the number looked at."""
    with a_server() as (url, asked), requests.Session() as session:
        session.mount("http://", GuardedAdapter(RELAXED))
        port = int(url.rpartition(":")[2])
        real, names = socket.getaddrinfo, []

        def first_here_then_there(host: str, *args: Any, **kwargs: Any) -> Any:
            if host != "cloud.example.org":
                return real(host, *args, **kwargs)
            names.append(host)
            address = "127.0.0.1" if len(names) == 1 else "169.254.169.254"
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

        monkeypatch.setattr("socket.getaddrinfo", first_here_then_there)

        assert session.get(f"http://cloud.example.org:{port}/v3").status_code == 200
        assert (names, asked) == (["cloud.example.org"], ["/v3"])


def test_a_redirect_leads_to_no_host_that_is_not_on_the_list() -> None:
    with a_server() as (inside, secrets), a_server(inside.replace("127.0.0.1", "localhost")) as (url, asked):
        session = requests.Session()
        session.mount("http://", GuardedAdapter(AddressPolicy(True, ("127.0.0.1",))))

        with pytest.raises(AddressRefused, match="Clouds at localhost are not allowed here"):
            session.get(f"{url}/v3")
        assert (asked, secrets) == (["/v3"], [])


def test_a_redirect_to_a_metadata_service_is_refused() -> None:
    with a_server("http://169.254.169.254/latest/meta-data") as (url, asked):
        session = requests.Session()
        session.mount("http://", GuardedAdapter(RELAXED))

        with pytest.raises(AddressRefused, match="never a cloud's"):
            session.get(f"{url}/v3")
        assert asked == ["/v3"]


def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would connect for us, to wherever it likes."""
    with a_server() as (url, asked), a_server() as (proxy, through_it):
        monkeypatch.setenv("http_proxy", proxy)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        session = requests.Session()
        session.mount("http://", GuardedAdapter(RELAXED))

        assert session.get(f"{url}/v3").status_code == 200
        assert (asked, through_it) == (["/v3"], [])


def test_a_catalogue_that_names_an_address_inside_gets_nothing_sent_there() -> None:
    """A cloud that signs us in and then says that its servers are at the metadata service."""
    catalog = [
        {"type": kind, "id": kind, "name": kind, "endpoints": [_endpoint("http://169.254.169.254/v2.1")]}
        for kind in ("compute", "network")
    ]
    with a_keystone(catalog) as url:
        auth = {"auth_url": url, "username": "demo", "password": "x", "project_name": "demo"}
        domains = {"user_domain_name": "Default", "project_domain_name": "Default"}
        entry = {"auth_type": "password", "region_name": "R", "auth": auth | domains}

        with pytest.raises(AddressRefused, match="never a cloud's"):
            open_cloud(entry, RELAXED).read_profile()


def _endpoint(url: str) -> dict[str, str]:
    return {"id": "e", "interface": "public", "region": "R", "region_id": "R", "url": url}


@contextmanager
def a_keystone(catalog: list[dict[str, Any]]) -> Iterator[str]:
    """Signs anybody in, with this catalogue."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(
                {"version": {"id": "v3.14", "status": "stable", "links": [{"rel": "self", "href": here}]}}
            )

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            person = {"id": "u", "name": "demo", "domain": {"id": "default", "name": "Default"}}
            token = {
                "methods": ["password"],
                "user": person,
                "project": person | {"id": "p"},
                "roles": [],
                "catalog": catalog,
                "issued_at": "2026-01-01T00:00:00.000000Z",
                "expires_at": "2099-01-01T00:00:00.000000Z",
            }
            self._say({"token": token}, 201)

        def _say(self, body: dict[str, Any], status: int = 200) -> None:
            text = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("X-Subject-Token", "t0ken")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    here = f"http://127.0.0.1:{server.server_port}/v3"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
