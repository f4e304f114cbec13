"""Settings: one list, read from the environment, and a value that cannot be meant is named."""

from pathlib import Path

import pytest

from scheduler.errors import BadInput
from scheduler.settings import DECLARED, read_settings
from tests.builders import refusal

NO_FILE = Path("no-such-file")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every declared variable out of the environment, and whatever a settings file adds to it afterwards."""
    for setting in DECLARED:
        monkeypatch.setenv(setting.variable, "")
        monkeypatch.delenv(setting.variable)


def test_the_defaults_are_those_of_the_list() -> None:
    found = read_settings(NO_FILE)
    assert (found.database_url, found.side, found.listen_host, found.listen_port, found.feed_gzip) == (
        "sqlite:///var/dialogues.db",
        "",
        "127.0.0.1",
        8000,
        True,
    )


def test_every_variable_is_declared_once_and_says_what_it_means() -> None:
    variables = [setting.variable for setting in DECLARED]
    assert len(variables) == len(set(variables))
    assert [setting.variable for setting in DECLARED if not setting.meaning.endswith(".")] == []


def test_what_is_secret_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("SECRET_KEY", "SMTP_PASSWORD", "IMAP_PASSWORD"):
        monkeypatch.setenv(variable, "canary")
    assert "canary" not in repr(read_settings(NO_FILE))


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("LISTEN", "8000", "LISTEN: '8000' is not host:port (for example 127.0.0.1:8000)"),
        (
            "LISTEN",
            "localhost:http",
            "LISTEN: 'localhost:http' is not host:port (for example 127.0.0.1:8000)",
        ),
        ("MAILER", "pigeon", "MAILER: 'pigeon' is not known (one of folder, smtp)"),
        ("SMTP_SECURITY", "ssl", "SMTP_SECURITY: 'ssl' is not known (one of none, starttls, tls)"),
        ("MAILBOX", "pop3", "MAILBOX: 'pop3' is not known (one of folder, imap)"),
        ("IMAP_SECURITY", "ssl", "IMAP_SECURITY: 'ssl' is not known (one of tls, starttls, none)"),
        ("IMAP_PORT", "imaps", "IMAP_PORT: cannot be read (give a whole number)"),
        ("SMTP_PORT", "smtp", "SMTP_PORT: cannot be read (give a whole number)"),
        ("TICK_SECONDS", "1.5", "TICK_SECONDS: cannot be read (give a whole number)"),
        ("FEED_GZIP", "perhaps", "FEED_GZIP: cannot be read (give true or false)"),
    ],
)
def test_a_value_that_cannot_be_meant(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, message: str
) -> None:
    monkeypatch.setenv(variable, value)
    assert refusal(BadInput, read_settings, NO_FILE) == message


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "settings.env"
    file.write_text("DIALOGUES_SIDE=nl\nMARKING=OFFICIAL-SENSITIVE\n")
    monkeypatch.setenv("DIALOGUES_SIDE", "uk")
    found = read_settings(file)
    assert (found.side, found.marking) == ("uk", "OFFICIAL-SENSITIVE")


def test_a_public_address_ends_without_a_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://dialogues.example/")
    assert read_settings(NO_FILE).public_url == "https://dialogues.example"


def test_an_address_of_the_newer_internet_can_be_listened_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LISTEN", "[::1]:8000")
    found = read_settings(NO_FILE)
    assert (found.listen_host, found.listen_port) == ("[::1]", 8000)


@pytest.mark.parametrize("marking", ["SECRET", "Top Secret", "Stg. CONFIDENTIEEL", "STG GEHEIM"])
def test_what_no_security_agreement_covers_is_refused(marking: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKING", marking)
    assert refusal(BadInput, read_settings, NO_FILE) == (
        f"MARKING: {marking!r} may not be handled here (give one that stays below SECRET)"
    )


@pytest.mark.parametrize("marking", ["", "OFFICIAL-SENSITIVE", "Departementaal Vertrouwelijk"])
def test_markings_stand_as_their_originator_writes_them(
    marking: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARKING", marking)
    assert read_settings(NO_FILE).marking == marking


def test_less_than_no_letter_a_minute_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_PER_MINUTE", "-1")
    assert (
        refusal(BadInput, read_settings, NO_FILE)
        == "SMTP_PER_MINUTE: -1 is less than nothing (give 0 or more)"
    )
