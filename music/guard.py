"""Which addresses this server may connect to: never one that an answer or a name server made up.

A target is vetted twice: its host by name before the request, and its address at connect time, where the vetted
address is the one that is dialled, so that a name which resolves differently a moment later changes nothing.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
from collections.abc import Iterable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Event, Thread, Timer
from typing import Any, ClassVar
from urllib.parse import SplitResult, urlsplit

import certifi
import requests.adapters
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

# Wrappings of IPv4 that Python calls global: NAT64 (both prefixes), IPv4-compatible and IPv4-translated addresses.
WRAPPED = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96")))
HOSTILE = re.compile(r"[^!-~]|[\\\"<>^`{|}]")  # what two parsers of addresses may read in two ways
SAFE_URL = re.compile(r"[A-Za-z0-9\-._~:/?&=%,+@]{1,2000}")

ORIGIN = re.compile(r"[^/?]*(?://[^/?]*)?")  # all of a safe address that says where it leads

HostPort = tuple[str, int]

LATE = "the head did not come in time"


class AddressRefused(Exception):
    """A host, scheme, port or address that this server does not connect to."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, however it is wrapped."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.is_site_local or any(ip in network for network in WRAPPED):
            return False
        ip = ip.ipv4_mapped or ip.sixtofour or ip
    return ip.is_global and not ip.is_multicast


def is_loopback(host: str) -> bool:
    """Whether a host is written as this machine's own."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True)
class Targets:
    """Where a source may be asked: hosts by their suffix over https, and at most one whole origin on loopback."""

    suffixes: tuple[str, ...]  # as in "saavncdn.com": the host itself and everything under it
    origin: str = ""  # as in "http://127.0.0.1:9100": let through, whatever its scheme and port

    def check(self, url: str) -> None:
        """Return where the URL may be asked; raises `AddressRefused` otherwise."""
        if not self.emitted(url):
            self._check(url)

    def _check(self, url: str) -> None:
        if HOSTILE.search(url):
            raise AddressRefused("not an address")
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise AddressRefused("not an address") from error
        if self.origin and origin_of(parts) == self.origin:
            return
        if parts.scheme != "https" or port not in (None, 443) or parts.username or parts.password:
            raise AddressRefused("only https on its own port")
        if not self._is_listed(parts.hostname or ""):
            raise AddressRefused("a host that is not on the list")

    def emitted(self, url: str) -> str:
        """The URL where it may be shown to a caller, else ""."""
        if not SAFE_URL.fullmatch(url):
            return ""
        # A page of songs names the same few hosts over and over: who may be asked is looked up once.
        return url if _may_be_asked(self, origin_in(url)) else ""

    def _is_listed(self, host: str) -> bool:
        return any(host == suffix or host.endswith(f".{suffix}") for suffix in self.suffixes)


@lru_cache(maxsize=256)
def _may_be_asked(targets: Targets, origin: str) -> bool:
    try:
        targets._check(origin)
    except AddressRefused:
        return False
    return True


def origin_in(url: str) -> str:
    """The part of a safe address that says where it leads, as it is written there."""
    return ORIGIN.match(url)[0]  # type: ignore[index] # it matches any text


def origin_of(parts: SplitResult) -> str:
    """Scheme, host and port of a URL, without user information; "" where it has any."""
    if parts.username or parts.password or "@" in parts.netloc:
        return ""
    return f"{parts.scheme}://{parts.netloc}"


def host_port(url: str) -> HostPort:
    """The host and the port, given or implied, of an address."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def _looked_up(host: str, port: int, seconds: float) -> list[Any]:
    """The addresses of a name. Raises what `getaddrinfo` does, and `TimeoutError` where it has not answered in time:
    it knows no time-out, and is left behind in its thread."""
    found: Future[list[Any]] = Future()

    def look() -> None:
        try:
            found.set_result([info[4] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)])
        except Exception as error:  # the one who waits raises it
            found.set_exception(error)

    Thread(target=look, daemon=True).start()
    return found.result(seconds)


class _Guarded:
    """Dials vetted addresses only; `let_through` names the hosts and ports that need no vetting.

    The whole head of an answer has to come within the time-out, which otherwise is for each of its pieces.
    """

    let_through: ClassVar[frozenset[HostPort]] = frozenset()
    _dns_host: str
    port: int
    timeout: Any
    sock: Any

    def getresponse(self) -> Any:
        is_late = Event()
        watch = Timer(self.timeout, self._break_off, [is_late])
        watch.daemon = True
        watch.start()
        try:
            answer = super().getresponse()  # type: ignore[misc] # a connection it is
        except Exception as error:
            if is_late.is_set():
                raise TimeoutError(LATE) from error
            raise
        finally:
            watch.cancel()
        if is_late.is_set():  # what was broken off reads like a head that ends
            answer.close()
            raise TimeoutError(LATE)
        return answer

    def _break_off(self, is_late: Event) -> None:
        is_late.set()
        with suppress(OSError, AttributeError, ValueError):  # it is over already
            self.sock.shutdown(socket.SHUT_RDWR)

    def _new_conn(self) -> socket.socket:
        error: Exception | None = None
        for address in self._vetted():
            try:
                connection = socket.create_connection(address[:2], self.timeout)
            except TimeoutError as failure:
                raise ConnectTimeoutError(self, "connect timed out") from failure
            except OSError as failure:
                error = failure
                continue
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return connection
        raise NewConnectionError(self, "no address answered") from error  # type: ignore[arg-type] # a connection it is

    def _vetted(self) -> list[Any]:
        try:
            addresses = _looked_up(self._dns_host, self.port, self.timeout)
        except FutureTimeout as error:
            raise ConnectTimeoutError(self, "the name was not found in time") from error
        except (OSError, UnicodeError) as error:
            failure = error if isinstance(error, socket.gaierror) else socket.gaierror(str(error))
            raise NameResolutionError(self._dns_host, self, failure) from error  # type: ignore[arg-type]
        if (self._dns_host, self.port) in self.let_through:
            return addresses
        public = [address for address in addresses if is_public(str(address[0]))]
        if not public:
            raise AddressRefused("the name leads to an address that is not public")
        return public


class GuardedAdapter(requests.adapters.HTTPAdapter):
    """A requests adapter whose connections, a proxy's included, are vetted.

    Whom it trusts is read from `ca_file` once: urllib3 would read it for each connection, which takes longer than all
    else of making one. Certificates are always verified, whatever `verify` says.
    """

    def __init__(self, let_through: Iterable[HostPort], ca_file: str = "", **options: Any) -> None:
        self._tls = _trusting(ca_file or certifi.where())
        names = {"let_through": frozenset(let_through)}
        plain = type("GuardedHTTPConnection", (_Guarded, HTTPConnection), names)
        secure = type("GuardedHTTPSConnection", (_Guarded, HTTPSConnection), names)
        self._pools = {
            "http": type("GuardedHTTPPool", (urllib3.HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("GuardedHTTPSPool", (urllib3.HTTPSConnectionPool,), {"ConnectionCls": secure}),
        }
        super().__init__(**options)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._tls, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        kwargs |= {"ssl_context": self._tls, "proxy_ssl_context": self._tls}
        manager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = self._pools
        return manager

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Leave it to the context, which requires a certificate of the host's name."""


@cache
def _trusting(ca_file: str) -> ssl.SSLContext:
    context = urllib3.util.create_urllib3_context(cert_reqs=ssl.CERT_REQUIRED)
    context.check_hostname = True
    context.load_verify_locations(ca_file)
    return context
