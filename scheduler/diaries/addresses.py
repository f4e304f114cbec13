"""Addresses of diaries: what may be asked for, and where a connection may lead. Pure.

An address comes from a person, or from a host that sends us on; both are checked alike. Only ``https`` is read, and
only from hosts outside this installation's own network, except for the origins (scheme, host and port) that the
operator listed. No error repeats an address: it may hold a password, or be one.
"""

from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import unquote, urljoin, urlsplit

from scheduler.diaries.reasons import FAILURE_WORDS, Failure
from scheduler.errors import BadInput

LONGEST = 2_000
PORTS = {"https": 443, "http": 80}

_PROTOCOLS = IPv4Network("192.0.0.0/24")
"""Set aside for protocols (RFC 6890), and where some machines are told their secrets; older Pythons call it global."""

_UNICAST = IPv6Network("2000::/3")
_TRANSLATED = IPv6Network("64:ff9b::/96")
"""IPv4 as networks with IPv6 alone reach it (RFC 6052)."""


class Unfit(Exception):
    """An address that must not be asked for."""

    def __init__(self, failure: Failure) -> None:
        """Keep the reason."""
        super().__init__(failure)
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart; ``host`` is all of it that may be shown."""

    scheme: str
    host: str
    port: int
    target: str = field(repr=False)
    credentials: str = field(repr=False, default="")

    @property
    def origin(self) -> str:
        """Return scheme, host and port: what an operator allows."""
        return f"{self.scheme}://{self.host}:{self.port}"

    @property
    def host_header(self) -> str:
        """Return the host as HTTP names it."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == PORTS[self.scheme] else f"{name}:{self.port}"


def read_address(text: str, allowed: frozenset[str]) -> Address:
    """Return an address; raise ``BadInput``, which does not repeat it, for one that must not be asked for."""
    try:
        return checked(text.strip(), allowed)
    except Unfit as unfit:
        raise BadInput(
            FAILURE_WORDS[unfit.failure],
            place="address",
            remedy={
                "en": "an address such as https://calendar.example/busy.ics",
                "nl": "een adres zoals https://calendar.example/busy.ics",
            },
        ) from None


def checked(text: str, allowed: frozenset[str]) -> Address:
    """Return an address; raise ``Unfit`` for one that must not be asked for."""
    address = _apart(text)
    if address.origin not in allowed:
        if address.scheme != "https":
            raise Unfit(Failure.NOT_HTTPS)
        _check_literal(address.host)
    return address


def led_on(address: Address, location: str, allowed: frozenset[str]) -> Address:
    """Return where a redirect leads; credentials go nowhere but to the origin they were given for."""
    following = checked(urljoin(f"{address.origin}{address.target}", location.strip()), allowed)
    if following.origin == address.origin and not following.credentials:
        return Address(
            following.scheme, following.host, following.port, following.target, address.credentials
        )
    return following


def host_of(text: str) -> str:
    """Return the host of an address that was checked before: what may be shown of it."""
    return _apart(text).host


def read_origins(text: str) -> frozenset[str]:
    """Return the origins that an operator allows, from a list with commas; raise ``BadInput`` for anything else."""
    origins = set()
    for entry in filter(None, (part.strip() for part in text.split(","))):
        try:
            address = _apart(entry)
        except Unfit:
            address = None
        if address is None or address.target != "/" or address.credentials:
            raise BadInput(
                {"en": f"{entry!r} is no origin", "nl": f"{entry!r} is geen herkomst"},
                place="DIARY_ORIGINS",
                remedy={
                    "en": "such as https://calendar.example:8443",
                    "nl": "zoals https://calendar.example:8443",
                },
            )
        origins.add(address.origin)
    return frozenset(origins)


def is_outside(where: str) -> bool:
    """Tell whether an IP address belongs to the internet, and not to this machine or any private network."""
    address = ip_address(where.partition("%")[0])
    if isinstance(address, IPv4Address):
        return _is_public(address)
    if address in _TRANSLATED:
        return _is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    embedded = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
    return address in _UNICAST and address.is_global and (embedded is None or _is_public(embedded))


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    reserved = address in _PROTOCOLS or address.is_multicast or address.is_reserved
    return address.is_global and not reserved


def _apart(text: str) -> Address:
    if len(text) > LONGEST or not text.isprintable() or " " in text:
        raise Unfit(Failure.NOT_HTTPS)
    try:
        parts = urlsplit(text)
        scheme = {"webcal": "https", "webcals": "https"}.get(parts.scheme, parts.scheme)
        host = (parts.hostname or "").rstrip(".").encode("idna").decode()
        port = parts.port or PORTS[scheme]
    except (ValueError, KeyError):
        raise Unfit(Failure.NOT_HTTPS) from None
    if not host:
        raise Unfit(Failure.NOT_HTTPS)
    credentials = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Address(scheme, host, port, target, "" if credentials == ":" else credentials)


def _check_literal(host: str) -> None:
    """Refuse an IP address of our own network at once; a name is looked up when it is asked."""
    try:
        outside = is_outside(host)
    except ValueError:
        return
    if not outside:
        raise Unfit(Failure.INSIDE)
