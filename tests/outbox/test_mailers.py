import time
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from scheduler.outbox.mailers import Envelope, Folder, Memory, Smtp, file_name, mailer
from scheduler.outbox.mime import compose
from scheduler.outbox.rules import Fate, Verdict
from scheduler.settings import read_settings
from tests.outbox.drafts import LETTERHEAD, NOW, draft
from tests.outbox.relay import Relay, only_anna, relay

AHEAD_OR_NOT = pytest.mark.parametrize("takes_ahead", [False, True], ids=["one by one", "ahead"])
SENDER = "dialogues@secretariat.example"
ACCEPTED = Verdict(Fate.ACCEPTED)


def envelope(name: str, text: str = "OFFICIAL\n") -> Envelope:
    identifier = f"<{name}@secretariat.example>"
    content = compose(draft(name, text=text), LETTERHEAD, identifier, NOW)
    return Envelope(name, f"{name}@office.example", identifier, content)


def sent(to: Relay, *names: str, **options: Any) -> list[Verdict]:
    """Hand letters over on one line and return the verdicts."""
    with Smtp("127.0.0.1", to.port, SENDER, **options).open() as line:
        return [line.send(envelope(name)) for name in names]


def recipients(of: Relay) -> list[str]:
    return [recipient.partition("@")[0] for recipient, _ in of.taken]


def test_a_folder_holds_a_readable_file_for_each_letter(tmp_path: Path) -> None:
    with Folder(tmp_path / "mail").open() as line:
        assert line.send(envelope("reminder/4f/first_draft/uk/desk/0")) == ACCEPTED
    (file,) = (tmp_path / "mail").iterdir()
    assert file.name.startswith("reminder-4f-first-draft-uk-desk-0-")
    assert file.suffix == ".eml"
    assert file.read_bytes() == envelope("reminder/4f/first_draft/uk/desk/0").content


def test_a_letter_written_twice_is_there_once(tmp_path: Path) -> None:
    with Folder(tmp_path).open() as line:
        assert [line.send(envelope("a")), line.send(envelope("b")), line.send(envelope("a"))] == [
            ACCEPTED
        ] * 3
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(
        file_name(envelope(name)) for name in ("a", "b")
    )


def test_letters_whose_names_look_alike_have_files_of_their_own() -> None:
    assert file_name(envelope("a/b")) != file_name(envelope("a-b"))
    assert file_name(envelope("x" * 200 + "1")) != file_name(envelope("x" * 200 + "2"))


def test_a_folder_that_cannot_be_written_keeps_the_letter_waiting(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file, not a folder")
    with Folder(tmp_path / "mail").open() as line:
        verdict = line.send(envelope("a"))
    assert verdict == Verdict(Fate.UNREACHED, f"{tmp_path / 'mail'}: File exists")


def test_memory_keeps_letters_in_order() -> None:
    memory = Memory()
    with memory.open() as line:
        assert [line.send(envelope("a")), line.send(envelope("b"))] == [ACCEPTED] * 2
    assert memory.sent == [envelope("a"), envelope("b")]


@AHEAD_OR_NOT
def test_several_letters_go_over_one_connection(*, takes_ahead: bool) -> None:
    with relay(takes_ahead=takes_ahead) as server:
        assert [verdict.fate for verdict in sent(server, "a", "b", "c")] == [Fate.ACCEPTED] * 3
        assert recipients(server) == ["a", "b", "c"]
        assert server.connections == 1


def test_a_letter_arrives_as_it_was_written() -> None:
    text = "OFFICIAL\n\n.\n..\n.x\nFrom here\n" + "é" * 200 + "\n"
    with relay() as server, Smtp("127.0.0.1", server.port, SENDER).open() as line:
        line.send(envelope("a", text))
        assert server.taken == [("a@office.example", envelope("a", text).content)]
    message = message_from_bytes(server.taken[0][1], policy=default)
    part = message.get_body(("plain",))
    assert part
    assert part.get_content().replace("\r\n", "\n") == text


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("nobody", Verdict(Fate.REFUSED, "550 no such mailbox")),
        ("full", Verdict(Fate.DEFERRED, "452 mailbox full")),
        ("spam", Verdict(Fate.REFUSED, "554 looks like spam")),
        ("busy", Verdict(Fate.DEFERRED, "451 try later")),
        ("quota", Verdict(Fate.DEFERRED, "552 over quota")),
        ("grey", Verdict(Fate.DEFERRED, "451 greylisted, come back later")),
    ],
)
@AHEAD_OR_NOT
def test_a_letter_that_is_not_taken_does_not_touch_the_next(
    name: str, verdict: Verdict, *, takes_ahead: bool
) -> None:
    with relay(takes_ahead=takes_ahead) as server:
        outcome = sent(server, "a", name, "b")
        assert outcome[1] == verdict
        assert recipients(server) == ["a", "b"]
        assert server.connections == 1


@AHEAD_OR_NOT
def test_a_line_cut_before_the_letter_is_a_deferral(*, takes_ahead: bool) -> None:
    with relay(takes_ahead=takes_ahead) as server:
        fates = [verdict.fate for verdict in sent(server, "cutoff", "b")]
        assert fates == [Fate.DEFERRED, Fate.ACCEPTED]
        assert recipients(server) == ["b"]
        assert server.connections == 2


@AHEAD_OR_NOT
def test_a_line_cut_after_the_letter_leaves_it_unknown(*, takes_ahead: bool) -> None:
    with relay(takes_ahead=takes_ahead) as server:
        fates = [verdict.fate for verdict in sent(server, "silent", "b")]
        assert fates == [Fate.UNKNOWN, Fate.ACCEPTED]
        assert recipients(server) == ["silent", "b"]


@AHEAD_OR_NOT
def test_a_relay_that_hung_up_between_two_letters_is_called_again(*, takes_ahead: bool) -> None:
    with (
        relay(takes_ahead=takes_ahead, timeout=0.05) as server,
        Smtp("127.0.0.1", server.port, SENDER).open() as line,
    ):
        first = line.send(envelope("a"))
        time.sleep(0.2)
        assert [first.fate, line.send(envelope("b")).fate] == [Fate.ACCEPTED] * 2
        assert recipients(server) == ["a", "b"]
        assert server.connections == 2


@pytest.mark.parametrize(
    ("name", "words"), [("closing", "421 closing, come back later"), ("shuts", "421 shutting down")]
)
@AHEAD_OR_NOT
def test_a_relay_that_closes_is_left_alone(name: str, words: str, *, takes_ahead: bool) -> None:
    with relay(takes_ahead=takes_ahead) as server:
        verdicts = sent(server, "a", name, "b")
        assert verdicts[1] == Verdict(Fate.DEFERRED, words, wants_peace=True)
        assert recipients(server) == ["a", "b"]
        assert server.connections == 2


@AHEAD_OR_NOT
def test_a_relay_that_hangs_before_the_letter_is_left_alone(*, takes_ahead: bool) -> None:
    with relay(takes_ahead=takes_ahead) as server:
        words = "the line broke before the letter was sent: no answer in time"
        assert sent(server, "hangs", patience=0.2) == [Verdict(Fate.DEFERRED, words, wants_peace=True)]
        assert server.taken == []


def test_a_relay_that_hangs_after_the_letter_may_have_it() -> None:
    with relay() as server:
        words = "the line broke after the letter was sent: no answer in time"
        assert sent(server, "ponders", last_patience=0.2) == [Verdict(Fate.UNKNOWN, words, wants_peace=True)]
        assert recipients(server) == ["ponders"]


def test_a_relay_may_ponder_over_a_whole_letter_longer_than_over_a_word() -> None:
    with relay() as server:
        assert [verdict.fate for verdict in sent(server, "ponders", "b", patience=0.4)] == [Fate.ACCEPTED] * 2


@AHEAD_OR_NOT
def test_a_letter_that_is_too_large_is_refused_before_it_is_sent_and_touches_no_other(
    *, takes_ahead: bool
) -> None:
    with (
        relay(takes_ahead=takes_ahead, data_size_limit=5000) as server,
        Smtp("127.0.0.1", server.port, SENDER).open() as line,
    ):
        verdicts = [
            line.send(envelope(name, text)) for name, text in (("a", "x"), ("b", "x" * 5000), ("c", "x"))
        ]
        assert [verdict.fate for verdict in verdicts] == [Fate.ACCEPTED, Fate.REFUSED, Fate.ACCEPTED]
        assert verdicts[1].detail.startswith("552 ")
        assert recipients(server) == ["a", "c"]
        assert server.connections == 1


def test_nobody_there_is_no_letters_fault() -> None:
    with relay() as server:
        pass
    assert [verdict.fate for verdict in sent(server, "a")] == [Fate.UNREACHED]


@AHEAD_OR_NOT
def test_a_sender_who_is_not_welcome_keeps_every_letter_waiting(*, takes_ahead: bool) -> None:
    with (
        relay(takes_ahead=takes_ahead) as server,
        Smtp("127.0.0.1", server.port, "stranger@x.example").open() as line,
    ):
        assert line.send(envelope("a")) == Verdict(
            Fate.UNREACHED, "127.0.0.1: 550 this sender is not welcome"
        )


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
@pytest.mark.parametrize(("password", "fate"), [("secret", Fate.ACCEPTED), ("wrong", Fate.UNREACHED)])
def test_an_account_is_let_in_by_its_password(password: str, fate: Fate) -> None:
    with relay(authenticator=only_anna, auth_required=True, auth_require_tls=False) as server:
        verdicts = sent(server, "a", user="anna", password=password)
        assert [verdict.fate for verdict in verdicts] == [fate]


def test_nothing_goes_in_the_clear_where_tls_is_demanded() -> None:
    with relay() as server:
        assert [verdict.fate for verdict in sent(server, "a", security="starttls")] == [Fate.UNREACHED]
        assert server.taken == []


def test_the_settings_name_the_mailer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    nothing = tmp_path / "none.env"
    monkeypatch.setenv("MAIL_FOLDER", "letters")
    assert mailer(read_settings(nothing)) == Folder(Path("letters"))
    monkeypatch.setenv("MAILER", "smtp")
    monkeypatch.setenv("SMTP_SECURITY", "tls")
    chosen = mailer(read_settings(nothing))
    assert isinstance(chosen, Smtp)
    assert (chosen.host, chosen.port, chosen.security) == ("127.0.0.1", 25, "tls")
