"""Which network addresses this installation talks to: never link-local, private ones only when allowed."""

import ipaddress
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from keystoneauth1.session import TCPKeepAliveAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from deployer.domain.cloud import AddressRefused, Unreachable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True)
class AddressPolicy:
    """`allowed_hosts` may hold `*.example.org`; empty means any host."""

    allow_private: bool
    allowed_hosts: Sequence[str] = ()

    def check_url(self, url: str) -> None:
        """Refuse an address before anything is sent. Raises: AddressRefused, Unreachable."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError:
            raise AddressRefused(f"{url[:200]!r} is not a web address.") from None
        if parts.scheme not in ("http", "https") or not host:
            raise AddressRefused(f"{url[:200]!r} is not a web address. It begins with https:// or http://.")
        if self.allowed_hosts and not any(_fits(host, pattern) for pattern in self.allowed_hosts):
            raise AddressRefused(f"Clouds at {host} are not allowed here. Ask who runs this installation.")
        try:
            answers = socket.getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise Unreachable(f"There is no machine called {host}.") from None
        for answer in answers:
            self.check_address(str(answer[4][0]), host)

    def check_address(self, address: str, host: str) -> None:
        """Raises: AddressRefused."""
        found: Address = ipaddress.ip_address(address.partition("%")[0])
        if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
            found = found.ipv4_mapped
        if found.is_link_local or found.is_multicast or found.is_unspecified:
            raise AddressRefused(f"{host} leads to {found}, an address that is never a cloud's.")
        if not found.is_global and not self.allow_private:
            raise AddressRefused(
                f"{host} leads to {found}, a private address, and this installation allows only public ones."
            )


def _fits(host: str, pattern: str) -> bool:
    return host == pattern or (pattern.startswith("*.") and host.endswith(pattern[1:]))


class GuardedAdapter(TCPKeepAliveAdapter):
    """Looks at the address really connected to, so that neither a service catalogue nor a name that
    changes its answer between check and use leads inside."""

    def __init__(self, policy: AddressPolicy) -> None:
        self._policy = policy
        super().__init__(pool_maxsize=20)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        policy = self._policy

        class Http(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return _checked(super()._new_conn(), policy, self.host)

        class Https(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return _checked(super()._new_conn(), policy, self.host)

        http_pool = type("HttpPool", (HTTPConnectionPool,), {"ConnectionCls": Http})
        https_pool = type("HttpsPool", (HTTPSConnectionPool,), {"ConnectionCls": Https})
        self.poolmanager.pool_classes_by_scheme = {"http": http_pool, "https": https_pool}


def _checked(connected: socket.socket, policy: AddressPolicy, host: str) -> socket.socket:
    try:
        policy.check_address(str(connected.getpeername()[0]), host)
    except AddressRefused:
        connected.close()
        raise
    return connected
