"""Fetching a calendar: the one place that asks foreign hosts, and the owner of ``urllib3``.

Every hop is checked alike: its address, then the very IP addresses that its name stands for, one of which the
connection is made to (RFC 6890 lists what is no public one), so that no name can change its mind in between. The whole
takes so many seconds and octets at most, however slowly the other end drips. Nothing that goes wrong is told with the
words of the library, which repeat addresses; its reason is one of a short list.
"""

import logging
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from threading import Timer

import structlog
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, ReadTimeoutError
from urllib3.exceptions import SSLError as UnsafeConnection
from urllib3.response import BaseHTTPResponse
from urllib3.util import make_headers

from scheduler.diaries.addresses import Address, Unfit, is_outside, led_on
from scheduler.diaries.reasons import Failure
from scheduler.ical.scanning import LARGEST

HEADERS = {
    "User-Agent": "standing-dialogues",
    "Accept": "text/calendar, */*;q=0.1",
    "Accept-Encoding": "identity",
}
REDIRECTS = frozenset({301, 302, 303, 307, 308})
REFUSED = frozenset({401, 403, 407})
MISSING = frozenset({404, 410})
OK, NOT_MODIFIED = 200, 304
PIECE = 65_536
LONGEST_MARK = {"ETag": 500, "Last-Modified": 100}
log = structlog.get_logger()
logging.getLogger("urllib3").setLevel(logging.CRITICAL + 1)
"""The library's own log names whole addresses where it warns."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may take: octets, seconds in all, seconds for each connection, redirects."""

    octets: int = LARGEST
    seconds: float = 20
    connecting: float = 5
    redirects: int = 3


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered; ``data`` is ``None`` where nothing has changed since the marks were given."""

    data: bytes | None
    etag: str | None
    modified: str | None


class FetchFailed(Exception):
    """An address that gave no calendar."""

    def __init__(self, failure: Failure) -> None:
        """Keep the reason, and nothing of the address."""
        super().__init__(failure)
        self.failure = failure


def fetch(
    address: Address,
    allowed: frozenset[str],
    *,
    etag: str | None = None,
    modified: str | None = None,
    limits: Limits | None = None,
) -> Fetched:
    """Return what lies at a checked address, or that it has not changed since ``etag`` and ``modified``.

    ``allowed`` are the origins inside the own network that may be asked. Raises ``FetchFailed``.
    """
    limits = limits or Limits()
    alarm = _Alarm(limits.seconds)
    try:
        for _ in range(limits.redirects + 1):
            answer = _ask(address, allowed, _headers(address, etag, modified), limits, alarm)
            if isinstance(answer, Fetched):
                return answer
            address = led_on(address, answer, allowed)
    except Unfit as unfit:
        raise FetchFailed(unfit.failure) from None
    finally:
        alarm.stop()
    raise FetchFailed(Failure.REDIRECTS)


class _Alarm:
    """Shuts the line of a fetch that takes too long; whoever reads from it then finds its end."""

    def __init__(self, seconds: float) -> None:
        self.rang = False
        self._connection: HTTPConnection | None = None
        self._timer = Timer(seconds, self._ring)
        self._timer.daemon = True
        self._timer.start()

    def watch(self, connection: HTTPConnection) -> None:
        self._connection = connection

    def stop(self) -> None:
        self._timer.cancel()

    def _ring(self) -> None:
        self.rang = True
        line = self._connection.sock if self._connection else None
        if line is not None:
            with suppress(OSError):
                socket.socket.shutdown(line, socket.SHUT_RDWR)  # below TLS, whose own farewell could wait


def _ask(
    address: Address, allowed: frozenset[str], headers: dict[str, str], limits: Limits, alarm: _Alarm
) -> Fetched | str:
    """Return the calendar, or where a redirect leads."""
    with _told_plainly(alarm):
        connection = _connected(address, allowed, limits, alarm)
        try:
            connection.request("GET", address.target, headers=headers, preload_content=False)
            response = connection.getresponse()
            if response.status in REDIRECTS:
                return response.headers.get("Location", "")
            return _answer(
                response, limits, alarm, asked="If-None-Match" in headers or "If-Modified-Since" in headers
            )
        finally:
            connection.close()


def _answer(response: BaseHTTPResponse, limits: Limits, alarm: _Alarm, *, asked: bool) -> Fetched:
    marks = {name: _mark(response, name) for name in LONGEST_MARK}
    if response.status == NOT_MODIFIED and asked:
        return Fetched(None, marks["ETag"], marks["Last-Modified"])
    if response.status != OK:
        refused, missing = response.status in REFUSED, response.status in MISSING
        raise FetchFailed(Failure.REFUSED if refused else Failure.MISSING if missing else Failure.STATUS)
    data = bytearray()
    while piece := response.read(PIECE, decode_content=True):
        data += piece
        if len(data) > limits.octets:
            raise FetchFailed(Failure.TOO_LARGE)
    if alarm.rang:  # the end that was found may be the one that the alarm made
        raise FetchFailed(Failure.TIMED_OUT)
    return Fetched(bytes(data), marks["ETag"], marks["Last-Modified"])


def _connected(address: Address, allowed: frozenset[str], limits: Limits, alarm: _Alarm) -> HTTPConnection:
    """Return a line to the first of the host's IP addresses that answers."""
    failure: Exception = FetchFailed(Failure.NO_HOST)
    for where in _whereabouts(address, allowed):
        if alarm.rang:
            raise FetchFailed(Failure.TIMED_OUT)
        connection = _line(address, where, limits)
        alarm.watch(connection)
        try:
            connection.connect()
        except (ConnectTimeoutError, NewConnectionError) as error:
            failure = error
            connection.close()
        else:
            return connection
    raise failure


def _whereabouts(address: Address, allowed: frozenset[str]) -> list[str]:
    """Return the IP addresses of a host; refuse a name of which a single one lies inside our own network."""
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchFailed(Failure.NO_HOST) from None
    places = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if address.origin not in allowed and not all(map(is_outside, places)):
        raise FetchFailed(Failure.INSIDE)
    return places


def _line(address: Address, where: str, limits: Limits) -> HTTPConnection:
    if address.scheme == "http":
        return HTTPConnection(where, address.port, timeout=limits.connecting)
    return HTTPSConnection(
        where,
        address.port,
        timeout=limits.connecting,
        server_hostname=address.host,
        ssl_context=ssl.create_default_context(),
    )


def _headers(address: Address, etag: str | None, modified: str | None) -> dict[str, str]:
    headers = {**HEADERS, "Host": address.host_header}
    if address.credentials:
        headers |= make_headers(basic_auth=address.credentials)
    if etag:
        headers["If-None-Match"] = etag
    if modified:
        headers["If-Modified-Since"] = modified
    return headers


def _mark(response: BaseHTTPResponse, name: str) -> str | None:
    """Return a mark that can be sent back as it is."""
    value = response.headers.get(name, "").strip()
    return value if value.isascii() and value.isprintable() and 0 < len(value) <= LONGEST_MARK[name] else None


@contextmanager
def _told_plainly(alarm: _Alarm) -> Iterator[None]:
    """Turn whatever goes wrong on the line into its reason."""
    try:
        yield
    except FetchFailed as failed:
        raise FetchFailed(Failure.TIMED_OUT if alarm.rang else failed.failure) from None
    except Exception as error:  # noqa: BLE001 (mapped to a reason; an unknown one is ours)
        reason = Failure.TIMED_OUT if alarm.rang else _reason(error)
        if reason is Failure.INTERNAL:
            log.error("fetching a diary failed", error=type(error).__name__)  # noqa: TRY400 (no words of the library)
        raise FetchFailed(reason) from None


def _reason(error: Exception) -> Failure:
    match error:
        case NewConnectionError():
            return Failure.UNREACHABLE
        case ConnectTimeoutError() | ReadTimeoutError() | TimeoutError():
            return Failure.TIMED_OUT
        case UnsafeConnection() | ssl.SSLError():
            return Failure.INSECURE
        case HTTPError() | HTTPException():
            return Failure.CUT_OFF
        case OSError():
            return Failure.UNREACHABLE
    return Failure.INTERNAL
