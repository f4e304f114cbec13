from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import compat32, default
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.errors import BadInput
from scheduler.outbox.mime import (
    SUBJECT_LENGTH,
    Letterhead,
    compose,
    message_identifier,
    one_line,
    subject_line,
)
from tests.outbox.drafts import LETTERHEAD, draft

AT = datetime(2027, 4, 26, 8, 0, tzinfo=UTC)
IDENTIFIER = "<0a1b2c@secretariat.example>"


def composed(**changes: str) -> EmailMessage:
    return parsed(compose(draft(**changes), LETTERHEAD, IDENTIFIER, AT))


def parsed(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def addressed(**changes: str) -> tuple[str, str]:
    """Return name and address of the recipient, read by the older parser: the newer one puts blanks into names."""
    header = message_from_bytes(compose(draft(**changes), LETTERHEAD, IDENTIFIER, AT), policy=compat32)["To"]
    name, address = parseaddr(header.replace("\r\n", ""))
    return str(make_header(decode_header(name))), address


def bodies(message: EmailMessage) -> dict[str, str]:
    return {
        part.get_content_type(): part.get_content().replace("\r\n", "\n") for part in message.iter_parts()
    }


def test_headers_say_from_whom_to_whom_and_that_no_person_wrote() -> None:
    assert dict(composed().items()) == {
        "From": "dialogues@secretariat.example",
        "To": "Netherlands Desk <uk.desk@office.example>",
        "Subject": "OFFICIAL: About note/1",
        "Date": "Mon, 26 Apr 2027 08:00:00 +0000",
        "Message-ID": "<0a1b2c@secretariat.example>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": 'multipart/alternative; boundary="=_0a1b2c"',
    }


def test_both_bodies_are_carried_whole() -> None:
    text, html = "OFFICIËEL\n\n.\n" + "é" * 300 + "\nFrom here\n", "<p>“ĳ” 😀</p>\n"
    assert bodies(composed(text=text, html=html)) == {"text/plain": text, "text/html": html}


def test_the_bytes_are_plain_ascii_in_lines_of_mail() -> None:
    content = compose(draft(subject="Zürich 😀", text="é" * 2000), LETTERHEAD, IDENTIFIER, AT)
    assert content.isascii()
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 78


def test_the_same_letter_at_the_same_instant_has_the_same_bytes() -> None:
    assert compose(draft(), LETTERHEAD, IDENTIFIER, AT) == compose(draft(), LETTERHEAD, IDENTIFIER, AT)


@given(st.text(max_size=120), st.text(max_size=120), st.text(max_size=10))
def test_nothing_written_becomes_a_header(subject: str, title: str, marking: str) -> None:
    letterhead = Letterhead(LETTERHEAD.sender, marking, "")
    message = parsed(compose(draft(subject=subject, post_title=title), letterhead, IDENTIFIER, AT))
    assert message.keys() == composed().keys()
    assert [address.addr_spec for address in message["To"].addresses] == ["uk.desk@office.example"]


@pytest.mark.parametrize("breaking", ["\r\n", "\n", "\r", "\x0b", "\x85", "\u2028"])
def test_a_line_break_in_a_subject_is_a_blank(breaking: str) -> None:
    message = composed(subject=f"Agenda{breaking}Bcc: everybody@press.example")
    assert message["Subject"] == "OFFICIAL: Agenda Bcc: everybody@press.example"
    assert message["Bcc"] is None


@pytest.mark.parametrize("title", ["directeur, Financiën", 'The "Desk"', "désk <a@b.example>", "état, " * 20])
def test_titles_arrive_as_written(title: str) -> None:
    assert addressed(post_title=title) == (title.strip(), "uk.desk@office.example")


DUTCH = st.sampled_from(["état", "Financiën", "de", "minister,", "“x”", "–", "vóór", "(SOC)", "a@b.example"])


@given(st.lists(DUTCH, min_size=1, max_size=20).map(" ".join))
def test_long_words_with_accents_arrive_as_written(words: str) -> None:
    assert composed(subject=words)["Subject"] == f"OFFICIAL: {words}"
    assert addressed(post_title=words) == (words, "uk.desk@office.example")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "desk",
        "desk@",
        "@x.example",
        "a@b.example\r\nBcc: c@d.example",
        "a@b.example, c@d.example",
        "é@x.example",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(BadInput):
        compose(draft(address=address), LETTERHEAD, IDENTIFIER, AT)


def test_a_subject_is_one_line_under_the_marking() -> None:
    assert subject_line("Agenda\nfor May", "OFFICIAL") == "OFFICIAL: Agenda for May"
    assert subject_line("Agenda", "") == "Agenda"
    assert len(subject_line("x" * 1000, "OFFICIAL")) == SUBJECT_LENGTH


def test_identifiers_belong_to_the_domain_of_the_sender() -> None:
    assert message_identifier("0a", "dialogues@secretariat.example") == "<0a@secretariat.example>"


def test_one_line_keeps_letters_of_every_script() -> None:
    assert one_line(" Ελλάς\t\n 日本 \x00") == "Ελλάς 日本"


CALENDAR = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Pr\xc3\xa9cis\r\nEND:VCALENDAR\r\n"


def inviting(**changes: str) -> bytes:
    found = replace(
        draft(**changes), calendar=CALENDAR, method="REQUEST", thread="<first@secretariat.example>"
    )
    return compose(found, LETTERHEAD, IDENTIFIER, AT)


def test_an_invitation_carries_its_calendar_as_an_alternative_and_as_a_file() -> None:
    message = parsed(inviting())
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    calendar, file = (part for part in message.walk() if part.get_content_subtype() in {"calendar", "ics"})
    assert calendar["Content-Type"].params == {"charset": "UTF-8", "method": "REQUEST"}
    assert calendar.get_content_disposition() is None
    assert (file.get_content_disposition(), file.get_filename()) == ("attachment", "invite.ics")
    for part in (calendar, file):
        assert part["Content-Transfer-Encoding"] == "base64"
        assert part.get_payload(decode=True) == CALENDAR


def test_an_invitation_stands_below_the_first_letter_of_its_matter() -> None:
    message = parsed(inviting())
    assert message["References"] == message["In-Reply-To"] == "<first@secretariat.example>"
    assert composed()["References"] is None


def test_an_invitation_is_plain_ascii_in_lines_of_mail() -> None:
    content = inviting(subject="Précis " * 40)
    assert content.isascii()
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 78


@given(st.text(max_size=120), st.text(max_size=120))
def test_no_subject_and_no_title_becomes_a_header_of_an_invitation(subject: str, title: str) -> None:
    message = parsed(inviting(subject=subject, post_title=title))
    assert sorted(message.keys()) == sorted(parsed(inviting()).keys())
    assert len(list(message.walk())) == 6


@pytest.mark.parametrize("thread", ["first", "<a b@c>", "<a@b>\r\nBcc: c@d.example", "<é@b.example>"])
def test_what_is_no_message_id_is_referred_to_by_no_letter(thread: str) -> None:
    with pytest.raises(BadInput):
        compose(draft(thread=thread), LETTERHEAD, IDENTIFIER, AT)
