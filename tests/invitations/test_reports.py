"""Reports on the delivery of letters, as mail servers write them."""

from email import message_from_string

import pytest

from scheduler.invitations.answers.mails import read_mail
from scheduler.invitations.answers.reports import Delivery, Report, read_report
from scheduler.invitations.answers.rules import Reason
from tests.invitations.answering import report


def fields(action: str, status: str = "", diagnosis: str = "") -> str:
    return f"Final-Recipient: rfc822; a@b.example\nAction: {action}\nStatus: {status}\nDiagnostic-Code: {diagnosis}\n"


@pytest.mark.parametrize(
    ("action", "status", "diagnosis", "expected"),
    [
        ("failed", "5.1.1", "smtp; 550 5.1.1 no such user", Delivery.BOUNCED),
        ("Failed", "5.0.0 (unknown)", "", Delivery.BOUNCED),
        ("failed", "4.4.7", "smtp; 421 expired", Delivery.GIVEN_UP),
        ("failed", "5.2.2", "smtp; 552 mailbox full", Delivery.GIVEN_UP),
        ("failed", "", "smtp; 451 later", Delivery.GIVEN_UP),
        ("failed", "", "", Delivery.BOUNCED),
        ("delayed", "4.4.1", "", Delivery.DELAYED),
        ("delivered", "2.0.0", "", Delivery.ARRIVED),
        ("relayed (to one that sends no reports)", "2.0.0", "", Delivery.ARRIVED),
    ],
)
def test_classes(action: str, status: str, diagnosis: str, expected: Delivery) -> None:
    found = read_report([message_from_string(fields(action, status, diagnosis))])
    assert found
    assert found.delivery is expected


def test_the_gravest_of_several_counts_and_what_says_nothing_is_no_report() -> None:
    late, failed = (message_from_string(fields(action, "4.4.7")) for action in ("delayed", "failed"))
    assert read_report([late, failed]) == Report(Delivery.GIVEN_UP, "failed 4.4.7")
    assert read_report([message_from_string(fields("pondered", "5.1.1"))]) is None
    assert read_report([]) is None


@pytest.mark.parametrize(
    ("action", "reason"),
    [("failed", Reason.BOUNCED), ("delayed", Reason.DELAYED), ("delivered", Reason.ARRIVED)],
)
def test_a_report_is_a_mail_of_its_own_kind(action: str, reason: Reason) -> None:
    mail = read_mail(report("<1@secretariat.example>", action, "4.4.7"))
    assert (mail.reason, mail.refers_to) == (reason, ("<1@secretariat.example>",))


def test_a_report_that_no_program_can_read_is_for_a_person() -> None:
    mail = read_mail(
        b"Return-Path: <>\r\nFrom: MAILER-DAEMON@b.example\r\nSubject: failure\r\n\r\nHi. This is qmail.\r\n"
    )
    assert (mail.reason, mail.delivery) == (Reason.BOUNCED, None)
