"""Which addresses may be asked for, and which IP addresses are on the internet."""

import pytest

from scheduler.diaries.addresses import Address, Unfit, checked, host_of, is_outside, led_on, read_origins
from scheduler.diaries.reasons import Failure
from scheduler.errors import BadInput

NOBODY: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://calendar.example/a.ics", Address("https", "calendar.example", 443, "/a.ics")),
        (
            "webcal://Calendar.Example/a.ics?key=1#x",
            Address("https", "calendar.example", 443, "/a.ics?key=1"),
        ),
        ("https://calendar.example:8443", Address("https", "calendar.example", 8443, "/")),
        ("https://a%40b:c%3Ad@calendar.example/", Address("https", "calendar.example", 443, "/", "a@b:c:d")),
        ("https://büro.example/", Address("https", "xn--bro-hoa.example", 443, "/")),
        ("https://93.184.216.34/", Address("https", "93.184.216.34", 443, "/")),
    ],
)
def test_addresses_that_may_be_asked_for(text: str, expected: Address) -> None:
    assert checked(text, NOBODY) == expected
    assert host_of(text) == expected.host


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", Failure.NOT_HTTPS),
        ("calendar.example/a.ics", Failure.NOT_HTTPS),
        ("http://calendar.example/", Failure.NOT_HTTPS),
        ("ftp://calendar.example/", Failure.NOT_HTTPS),
        ("file:///etc/passwd", Failure.NOT_HTTPS),
        ("https://", Failure.NOT_HTTPS),
        ("https://calendar.example:99999/", Failure.NOT_HTTPS),
        ("https://calendar.example/a b", Failure.NOT_HTTPS),
        ("https://calendar.example/\r\nHost: other", Failure.NOT_HTTPS),
        ("https://calendar.example/" + "x" * 2000, Failure.NOT_HTTPS),
        ("https://127.0.0.1/", Failure.INSIDE),
        ("https://10.0.0.8/", Failure.INSIDE),
        ("https://[::1]/", Failure.INSIDE),
        ("https://[::ffff:10.0.0.8]/", Failure.INSIDE),
    ],
)
def test_addresses_that_may_not(text: str, why: Failure) -> None:
    with pytest.raises(Unfit) as unfit:
        checked(text, NOBODY)
    assert unfit.value.failure is why


def test_what_the_operator_allows_may_be_inside_and_without_tls() -> None:
    allowed = read_origins("http://127.0.0.1:8099, https://calendar.intern.example")
    assert allowed == {"http://127.0.0.1:8099", "https://calendar.intern.example:443"}
    assert checked("http://127.0.0.1:8099/a.ics", allowed).target == "/a.ics"
    for other in ("http://127.0.0.1:8098/", "http://127.0.0.2:8099/", "http://calendar.intern.example/"):
        with pytest.raises(Unfit):
            checked(other, allowed)
    assert read_origins(" ") == NOBODY


@pytest.mark.parametrize(
    "text", ["calendar.example", "https://calendar.example/a.ics", "https://a:b@calendar.example"]
)
def test_an_origin_is_scheme_host_and_port(text: str) -> None:
    with pytest.raises(BadInput, match="is no origin"):
        read_origins(text)


def test_credentials_stay_with_the_origin_they_were_given_for() -> None:
    start = checked("https://anna:secret@calendar.example/a", NOBODY)
    assert led_on(start, "/b?c", NOBODY) == Address("https", "calendar.example", 443, "/b?c", "anna:secret")
    assert led_on(start, "https://other.example/a", NOBODY).credentials == ""
    assert led_on(start, "https://calendar.example:444/a", NOBODY).credentials == ""


@pytest.mark.parametrize(
    ("where", "outside"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("64:ff9b::5db8:d822", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("192.0.0.192", False),
        ("0.0.0.0", False),  # noqa: S104 (refused)
        ("255.255.255.255", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("192.0.2.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("2001:db8::1", False),
    ],
)
def test_what_lies_on_the_internet(where: str, *, outside: bool) -> None:
    assert is_outside(where) is outside
