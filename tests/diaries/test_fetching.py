"""Fetching from a real host: what it answers, how it misbehaves, where it must not lead; no address is told."""

import socket
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from scheduler.diaries.addresses import checked, read_address
from scheduler.diaries.fetching import Fetched, FetchFailed, Limits, fetch
from scheduler.diaries.reasons import Failure
from scheduler.errors import BadInput
from tests.diaries.calendar_host import CALENDAR

QUICK = Limits(seconds=1.0, connecting=0.5)
SECRET = "s3cret"  # noqa: S105 (invented)


def ask(host: str, path: str, limits: Limits = QUICK, *, origin: str = "", **marks: str) -> Fetched:
    allowed = frozenset({host, origin})
    return fetch(checked(f"{host}/{path}", allowed), allowed, limits=limits, **marks)


def failure(host: str, path: str, limits: Limits = QUICK) -> Failure:
    with pytest.raises(FetchFailed) as failed:
        ask(host, path, limits)
    assert failed.value.__cause__ is None
    assert failed.value.__suppress_context__ or failed.value.__context__ is None
    assert host not in str(failed.value)
    return failed.value.failure


def asked(host: str) -> list[str]:
    with urllib.request.urlopen(f"{host}/asked") as answer:  # noqa: S310 (our own host)
        return str(answer.read().decode()).splitlines()


def test_a_calendar_and_its_mark(host: str) -> None:
    assert ask(host, "calendar.ics") == Fetched(CALENDAR, '"one"', None)
    assert ask(host, "dated.ics") == Fetched(CALENDAR, None, "Mon, 01 Feb 2027 08:00:00 GMT")


def test_what_has_not_changed_is_not_sent_again(host: str) -> None:
    assert ask(host, "calendar.ics", etag='"one"').data is None
    assert ask(host, "dated.ics", modified="Mon, 01 Feb 2027 08:00:00 GMT").data is None
    assert ask(host, "calendar.ics", etag='"another"').data == CALENDAR


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("404", Failure.MISSING),
        ("410", Failure.MISSING),
        ("401", Failure.REFUSED),
        ("403", Failure.REFUSED),
        ("500", Failure.STATUS),
        ("503", Failure.STATUS),
        ("204", Failure.STATUS),
        ("304", Failure.STATUS),
        ("short", Failure.CUT_OFF),
        ("nonsense", Failure.CUT_OFF),
        ("round", Failure.REDIRECTS),
        ("nowhere", Failure.REDIRECTS),
        ("flood", Failure.TOO_LARGE),
    ],
)
def test_what_a_host_can_do_wrong(host: str, path: str, expected: Failure) -> None:
    assert failure(host, path, Limits(seconds=20, connecting=5)) is expected


@pytest.mark.parametrize("path", ["hang", "drip", "dripheaders"])
def test_a_host_that_takes_its_time_is_left(host: str, path: str) -> None:
    began = time.monotonic()
    assert failure(host, path) is Failure.TIMED_OUT
    assert time.monotonic() - began < 5


def test_a_port_where_nobody_listens() -> None:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        origin = f"http://127.0.0.1:{line.getsockname()[1]}"
        assert failure(origin, "calendar.ics") is Failure.UNREACHABLE


def test_a_name_that_stands_for_nothing() -> None:
    assert failure("https://no-such-host.invalid:443", "calendar.ics", Limits()) is Failure.NO_HOST


def test_redirects_are_followed_and_each_is_checked(host: str) -> None:
    assert ask(host, "to/calendar.ics").data == CALENDAR
    port = host.rpartition(":")[2]
    for elsewhere in (
        f"http://localhost:{port}/calendar.ics",
        "https://127.0.0.1/latest/meta-data",
        "https://169.254.169.254/latest",
        "https://[::1]/",
        "ftp://invented.example/",
        "file:///etc/passwd",
    ):
        refused = failure(host, f"to/{elsewhere}")
        assert refused is (Failure.INSIDE if elsewhere.startswith("https") else Failure.NOT_HTTPS)


def test_the_own_network_is_not_asked_even_by_a_name(host: str) -> None:
    before = asked(host)
    port = host.rpartition(":")[2]
    with pytest.raises(FetchFailed) as failed:
        fetch(checked(f"https://localhost:{port}/calendar.ics", frozenset()), frozenset(), limits=QUICK)
    assert failed.value.failure is Failure.INSIDE
    assert asked(host) == before


def test_a_password_goes_to_its_own_host_alone(host: str) -> None:
    guarded = host.replace("//", f"//anna:{SECRET}@")
    allowed = frozenset({host, host.replace("127.0.0.1", "localhost")})
    address = checked(f"{guarded}/guarded", allowed)
    assert fetch(address, allowed, limits=QUICK).data == CALENDAR
    elsewhere = checked(f"{guarded}/to/{host.replace('127.0.0.1', 'localhost')}/guarded", allowed)
    with pytest.raises(FetchFailed) as failed:
        fetch(elsewhere, allowed, limits=QUICK)
    assert failed.value.failure is Failure.REFUSED
    assert fetch(checked(f"{guarded}/to/guarded", allowed), allowed, limits=QUICK).data == CALENDAR
    assert SECRET not in repr(address)


def test_over_tls_only_a_certificate_that_is_trusted_and_fits_the_name(
    secure_host: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    origin, certificate = secure_host
    assert failure(origin, "calendar.ics", Limits()) is Failure.INSECURE
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert ask(origin, "calendar.ics", Limits()).data == CALENDAR
    assert failure(origin.replace("localhost", "127.0.0.1"), "calendar.ics", Limits()) is Failure.INSECURE


def test_a_plain_host_is_no_secure_one(host: str) -> None:
    assert failure(host.replace("http:", "https:"), "calendar.ics", Limits()) is Failure.INSECURE


@pytest.mark.parametrize("path", ["calendar.ics", "oddheaders", "500", "hang", "nonsense"])
def test_no_log_names_an_address(
    host: str, path: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("DEBUG")
    with suppress(FetchFailed):
        ask(host, f"{path}?{SECRET}")
    written = capfd.readouterr()
    assert SECRET not in caplog.text + written.out + written.err


def test_an_address_that_is_refused_is_not_repeated() -> None:
    with pytest.raises(BadInput) as refused:
        read_address(f"http://anna:{SECRET}@calendar.example/private-{SECRET}.ics", frozenset())
    assert SECRET not in str(refused.value)
    assert "https://" in str(refused.value)
