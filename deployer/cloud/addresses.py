"""Which network addresses this installation talks to: never link-local, private ones only when allowed.

Everything said to a cloud goes through `GuardedAdapter`, so it holds for what a service catalogue names and
for where a cloud redirects to as well: the host has to be on the list, its name is looked up once for each
connection, every address that it has is looked at, and the connection goes to one of those and nowhere else.
"""

import ipaddress
import re
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from keystoneauth1.session import TCPKeepAliveAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError
from urllib3.util.connection import create_connection

from deployer.domain.cloud import AddressRefused, Unreachable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Where hosting companies answer their machines' questions about themselves, secrets included.
METADATA = frozenset(
    ipaddress.ip_address(one)
    for one in ("169.254.169.254", "fd00:ec2::254", "100.100.100.200", "192.0.0.192")
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_IPV4_COMPATIBLE = ipaddress.ip_network("::/96")
# Programs disagree on what these mean inside an address, so none of them gets to decide.
_AMBIGUOUS = re.compile(r"[\s\\\x00-\x1f\x7f]|^[^/]*//[^/?#]*@")


@dataclass(frozen=True)
class AddressPolicy:
    """`allowed_hosts` may hold `*.example.org`; empty means any host."""

    allow_private: bool
    allowed_hosts: Sequence[str] = ()

    def check_url(self, url: str) -> None:
        """Refuse an address before anything is sent. Raises: AddressRefused, Unreachable."""
        host, port = _host_and_port(url)
        self.check_host(host)
        self.addresses_of(host, port)

    def check_host(self, host: str) -> None:
        """Raises: AddressRefused when there is a list and this is not on it."""
        name = host.lower().rstrip(".")
        if self.allowed_hosts and not any(_fits(name, pattern.lower()) for pattern in self.allowed_hosts):
            raise AddressRefused(f"Clouds at {host} are not allowed here. Ask who runs this installation.")

    def addresses_of(self, host: str, port: int) -> list[str]:
        """Every address that a name has now, all of them looked at. Raises: AddressRefused, Unreachable."""
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise Unreachable(f"There is no machine called {host}.") from None
        found = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
        for address in found:
            self.check_address(address, host)
        return found

    def check_address(self, address: str, host: str) -> None:
        """Raises: AddressRefused."""
        for found in _meanings(ipaddress.ip_address(address.partition("%")[0])):
            if found.is_link_local or found.is_multicast or found.is_unspecified or found in METADATA:
                raise AddressRefused(f"{host} leads to {found}, an address that is never a cloud's.")
            if not self.allow_private and not _is_public(found):
                raise AddressRefused(
                    f"{host} leads to {found}, a private address, and this installation allows only "
                    "public ones."
                )


def _host_and_port(url: str) -> tuple[str, int]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise AddressRefused(f"{url[:200]!r} is not a web address.") from None
    if parts.scheme not in ("http", "https") or not host or _AMBIGUOUS.search(url):
        raise AddressRefused(f"{url[:200]!r} is not a web address. It begins with https:// or http://.")
    return host, port or (443 if parts.scheme == "https" else 80)


def _fits(host: str, pattern: str) -> bool:
    return host == pattern or (pattern.startswith("*.") and host.endswith(pattern[1:]))


def _meanings(address: Address) -> Iterator[Address]:
    """The address, and the IPv4 addresses that a gateway on the way may turn it into."""
    yield address
    if isinstance(address, ipaddress.IPv4Address):
        return
    inside = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if (address in _NAT64 or address in _IPV4_COMPATIBLE) and int(address) & 0xFFFFFFFF > 1:
        inside.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    yield from (one for one in inside if one is not None)


def _is_public(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return True  # its meaning is looked at by itself
        if address.is_site_local or address in _IPV4_COMPATIBLE:
            return False
    return address.is_global


class GuardedAdapter(TCPKeepAliveAdapter):
    """Holds every request of a session, redirected ones too, and every connection to the policy."""

    def __init__(self, policy: AddressPolicy) -> None:
        self._policy = policy
        super().__init__(pool_maxsize=20)

    def send(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Raises: AddressRefused."""
        host, _ = _host_and_port(str(request.url))
        self._policy.check_host(host)
        if kwargs.get("proxies"):
            kwargs["proxies"] = None  # behind a proxy nobody could see where a request really goes
        return super().send(request, *args, **kwargs)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        policy = self._policy

        class Http(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return _connect(self, policy)

        class Https(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return _connect(self, policy)

        http_pool = type("HttpPool", (HTTPConnectionPool,), {"ConnectionCls": Http})
        https_pool = type("HttpsPool", (HTTPSConnectionPool,), {"ConnectionCls": Https})
        self.poolmanager.pool_classes_by_scheme = {"http": http_pool, "https": https_pool}


def _connect(wanted: HTTPConnection, policy: AddressPolicy) -> socket.socket:
    """To an address that has just been looked at, by its number: no second look-up can answer otherwise."""
    problem: OSError | None = None
    for address in policy.addresses_of(wanted.host, wanted.port):
        try:
            return create_connection(
                (address, wanted.port),
                wanted.timeout,
                source_address=wanted.source_address,
                socket_options=wanted.socket_options,
            )
        except OSError as error:
            problem = error
    if isinstance(problem, TimeoutError):
        raise ConnectTimeoutError(wanted, f"Connection to {wanted.host} timed out.") from problem
    raise NewConnectionError(wanted, f"Failed to establish a new connection: {problem}") from problem
