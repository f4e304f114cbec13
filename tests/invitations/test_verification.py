"""What our relay wrote on a mail about its sender, and what anybody else did."""

import pytest

from scheduler.invitations.answers.mails import read_mail
from scheduler.invitations.answers.verification import Verification, verify

RELAY, SENDER = "mx.secretariat.example", "desk@ministry.example"
PASSED, OPEN, FAILED = Verification.VERIFIED, Verification.UNVERIFIED, Verification.FAILED


def results(value: str, relay: str = RELAY) -> tuple[str, str]:
    return "Authentication-Results", f"{relay}; {value}"


def received() -> tuple[str, str]:
    return "Received", "from elsewhere by mx.secretariat.example"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("dmarc=pass header.from=ministry.example", PASSED),
        ("dmarc=pass (p=reject; sp=none) header.from=Ministry.EXAMPLE", PASSED),
        (
            "spf=pass smtp.mailfrom=a@b.example;\r\n dkim=pass header.d=b.example; DMARC = FAIL (p=none)",
            FAILED,
        ),
        ("dmarc=pass header.from=elsewhere.example", OPEN),
        ("dmarc=none; dkim=pass header.d=ministry.example", PASSED),
        ("dkim=pass header.i=@ministry.example header.s=k", PASSED),
        ("dkim=pass header.d=elsewhere.example; spf=pass smtp.mailfrom=ministry.example", OPEN),
        ("spf=fail smtp.mailfrom=ministry.example; dkim=fail header.d=ministry.example", OPEN),
        ("dmarc=temperror header.from=ministry.example", OPEN),
        ("none", OPEN),
        ('dkim=fail reason="; dmarc=fail"', OPEN),
        ('spf=pass smtp.mailfrom="a\\"; dmarc=pass b"@elsewhere.example', OPEN),
        ("spf=pass (\\); dmarc=pass) smtp.mailfrom=elsewhere.example", OPEN),
        ("dkim=fail (dmarc=fail ((dmarc=fail)))", OPEN),
    ],
)
def test_what_the_relay_says(value: str, expected: Verification) -> None:
    assert verify([received(), results(value)], RELAY, SENDER) is expected


def test_only_the_topmost_results_under_our_own_name_count() -> None:
    failed, passed = results("dmarc=fail"), results("dmarc=pass header.from=ministry.example")
    foreign = results("dmarc=pass header.from=ministry.example", "mx.elsewhere.example")
    assert verify([failed, received(), passed], RELAY, SENDER) is FAILED
    assert verify([results("spf=none"), received(), passed], RELAY, SENDER) is OPEN
    assert verify([received(), foreign], RELAY, SENDER) is OPEN
    assert verify([foreign, received(), failed], RELAY, SENDER) is FAILED
    assert verify([results("spf=pass"), passed, received()], RELAY, SENDER) is PASSED
    assert verify([results("dmarc=fail", f"{RELAY} 1")], RELAY.upper(), SENDER) is FAILED


@pytest.mark.parametrize(("relay", "sender"), [("", SENDER), (RELAY, "")])
def test_where_no_relay_is_named_or_no_sender_nothing_is_known(relay: str, sender: str) -> None:
    assert verify([results("dmarc=fail", relay)], relay, sender) is OPEN


def test_a_mail_is_read_with_it() -> None:
    mail = (
        b"Authentication-Results: mx.secretariat.example;\r\n dmarc=fail header.from=ministry.example\r\n"
        b"From: Desk <desk@ministry.example>\r\nSubject: Yes\r\n\r\nYes.\r\n"
    )
    assert read_mail(mail, RELAY).verification is FAILED
    assert read_mail(mail).verification is OPEN
