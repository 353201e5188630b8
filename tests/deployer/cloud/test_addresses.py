"""Where a cloud may be: never at a link-local address, at a private one only when that is allowed."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import requests

from deployer.cloud.addresses import AddressPolicy, GuardedAdapter
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
    ],
)
@pytest.mark.parametrize("policy", [STRICT, RELAXED])
def test_some_addresses_are_never_a_clouds(url: str, policy: AddressPolicy) -> None:
    with pytest.raises(AddressRefused):
        policy.check_url(url)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:5000/v3", "http://10.1.2.3/v3", "http://[::1]/", "http://localhost"]
)
def test_private_addresses_need_permission(url: str) -> None:
    RELAXED.check_url(url)
    with pytest.raises(AddressRefused, match="a private address"):
        STRICT.check_url(url)


@pytest.mark.parametrize(
    "url", ["", "ftp://example.org", "file:///etc/passwd", "https://", "http://[", "http://a:b"]
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
def a_server() -> Iterator[tuple[str, list[str]]]:
    """A web server on loopback that remembers what it was asked for."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
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
        monkeypatch.setattr("urllib3.util.connection.socket.getaddrinfo", lambda *a, **k: inside)

        with pytest.raises(AddressRefused):
            session.get(f"http://cloud.example.org:{port}/v3")
        assert asked == []
