"""The settings: one declared list, each read from an environment variable of its own, each documented here.

The only place that reads the environment. A file ``var/settings.env`` below the working folder is read first, so that
the command line and the server of one installation agree; a variable that is set wins over the file.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from environs import Env, EnvError

from scheduler.errors import BadInput
from scheduler.markings import Markings, permitted

SETTINGS_FILE = Path("var/settings.env")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: the variable, its default as text, and what it means to an operator."""

    variable: str
    default: str
    meaning: str


DECLARED: tuple[Setting, ...] = (
    Setting(
        "DATABASE_URL",
        "sqlite:///var/dialogues.db",
        "Database: sqlite:///file or postgresql://user@host/name.",
    ),
    Setting("DIALOGUES_SIDE", "", "Key of the side that commands act for when they name none with --as."),
    Setting(
        "FIRST_PROGRAMME", "uk_nl", "Shipped programme that `dialogues start` loads into an empty database."
    ),
    Setting("SECRET_KEY", "", "Signs sessions of the pages; the server refuses to start without it."),
    Setting("PUBLIC_URL", "http://127.0.0.1:8000", "Address under which people reach the pages and feeds."),
    Setting("LISTEN", "127.0.0.1:8000", "Host and port that the server binds to."),
    Setting("MAILER", "folder", "How letters leave: folder (a file for each) or smtp."),
    Setting("MAIL_FOLDER", "var/mail", "Folder of the outgoing letters when MAILER is folder."),
    Setting(
        "MAIL_FROM", "dialogues@secretariat.example", "Address that letters come from and answers go to."
    ),
    Setting("MAILBOX", "folder", "Where mails to MAIL_FROM are read: folder (a file for each) or imap."),
    Setting(
        "INBOX_FOLDER",
        "var/inbox",
        "Folder in which mails arrive, one .eml file each, when MAILBOX is folder.",
    ),
    Setting(
        "INBOX_RELAY",
        "",
        "Name (authserv-id) of the own relay whose Authentication-Results are believed; empty for none.",
    ),
    Setting("IMAP_HOST", "127.0.0.1", "Mail server when MAILBOX is imap."),
    Setting("IMAP_PORT", "993", "Port of that server."),
    Setting("IMAP_SECURITY", "tls", "tls, starttls or none: how the line to that server is secured."),
    Setting("IMAP_USER", "", "Account whose mails are read."),
    Setting("IMAP_PASSWORD", "", "Password of that account."),
    Setting("IMAP_FOLDER", "INBOX", "Folder in which mails arrive."),
    Setting(
        "IMAP_READ",
        "read",
        "Folder to which mails go once they are stored; empty: they stay, marked as seen.",
    ),
    Setting("IMAP_SECONDS", "30", "Seconds that the server may take for one answer."),
    Setting("SMTP_HOST", "127.0.0.1", "Mail relay when MAILER is smtp."),
    Setting("SMTP_PORT", "25", "Port of the mail relay."),
    Setting("SMTP_SECURITY", "none", "none, starttls or tls: how the line to the relay is secured."),
    Setting("SMTP_USER", "", "Account on the relay; empty for none."),
    Setting("SMTP_PASSWORD", "", "Password of that account."),
    Setting(
        "SMTP_PER_MINUTE",
        "0",
        "Letters a minute that the relay takes, in equal shares for all sides; 0 for no limit.",
    ),
    Setting("TICK_SECONDS", "60", "Seconds between two ticks, which enqueue and send what is due."),
    Setting("SEARCH_SECONDS", "2", "Seconds between two looks for plans that wait to be searched for."),
    Setting("DIARY_REFRESH_MINUTES", "60", "Minutes between two readings of a diary at an address."),
    Setting(
        "DIARY_ORIGINS",
        "",
        "Origins inside the own network that diaries may be read from, such as https://calendar.example:8443.",
    ),
    Setting(
        "FEED_GZIP", "true", "Whether feeds may be compressed; switch off for a client that cannot read them."
    ),
    Setting(
        "AGENDA_TEMPLATES",
        "",
        "Folder with Word templates of a ministry, one for each kind, and its fonts; empty for the shipped one.",
    ),
    Setting("MARKING", "OFFICIAL", "Marking in the first line, header and footer of documents and letters."),
)
"""Every setting that exists."""


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """How mails are read over IMAP; ``read`` is the folder for those that were stored, empty to mark them as seen."""

    host: str
    port: int
    security: str
    user: str
    password: str = field(repr=False)
    folder: str
    read: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of this process, read once at the door."""

    database_url: str
    side: str
    first_programme: str
    secret_key: str = field(repr=False)
    public_url: str
    listen_host: str
    listen_port: int
    mailer: str
    mail_folder: Path
    mail_from: str
    mailbox: str
    inbox_folder: Path
    inbox_relay: str
    imap: ImapSettings
    smtp_host: str
    smtp_port: int
    smtp_security: str
    smtp_user: str
    smtp_password: str = field(repr=False)
    smtp_per_minute: int
    tick_seconds: int
    diary_minutes: int
    diary_origins: str
    search_seconds: int
    feed_gzip: bool
    agenda_templates: Path | None
    marking: str
    folder: Path


def read_settings(file: Path = SETTINGS_FILE) -> Settings:
    """Read the environment; raise ``BadInput`` that names the variable whose value cannot be meant."""
    environment = Env()
    if file.is_file():
        environment.read_env(str(file), recurse=False)
    default = {setting.variable: setting.default for setting in DECLARED}

    def text(variable: str) -> str:
        return environment.str(variable, default[variable])

    def number(variable: str) -> int:
        return _checked(variable, lambda: environment.int(variable, int(default[variable])), "a whole number")

    def count(variable: str) -> int:
        found = number(variable)
        if found < 0:
            raise BadInput(f"{found} is less than nothing", place=variable, remedy="give 0 or more")
        return found

    host, _, port = text("LISTEN").rpartition(":")
    if not host or not port.isdigit():
        raise BadInput(
            f"{text('LISTEN')!r} is not host:port", place="LISTEN", remedy="for example 127.0.0.1:8000"
        )
    return Settings(
        database_url=text("DATABASE_URL"),
        side=text("DIALOGUES_SIDE"),
        first_programme=text("FIRST_PROGRAMME"),
        secret_key=text("SECRET_KEY"),
        public_url=text("PUBLIC_URL").rstrip("/"),
        listen_host=host,
        listen_port=int(port),
        mailer=_one_of("MAILER", text("MAILER"), "folder", "smtp"),
        mail_folder=Path(text("MAIL_FOLDER")),
        mail_from=text("MAIL_FROM"),
        mailbox=_one_of("MAILBOX", text("MAILBOX"), "folder", "imap"),
        inbox_folder=Path(text("INBOX_FOLDER")),
        inbox_relay=text("INBOX_RELAY"),
        imap=_imap(text, number),
        smtp_host=text("SMTP_HOST"),
        smtp_port=number("SMTP_PORT"),
        smtp_security=_one_of("SMTP_SECURITY", text("SMTP_SECURITY"), "none", "starttls", "tls"),
        smtp_user=text("SMTP_USER"),
        smtp_password=text("SMTP_PASSWORD"),
        smtp_per_minute=count("SMTP_PER_MINUTE"),
        tick_seconds=number("TICK_SECONDS"),
        diary_minutes=number("DIARY_REFRESH_MINUTES"),
        diary_origins=text("DIARY_ORIGINS"),
        search_seconds=number("SEARCH_SECONDS"),
        feed_gzip=_checked(
            "FEED_GZIP",
            lambda: environment.bool("FEED_GZIP", default["FEED_GZIP"] == "true"),
            "true or false",
        ),
        agenda_templates=Path(text("AGENDA_TEMPLATES")) if text("AGENDA_TEMPLATES") else None,
        marking=permitted(text("MARKING"), Markings(), "MARKING"),
        folder=file.parent,
    )


def _imap(text: Callable[[str], str], number: Callable[[str], int]) -> ImapSettings:
    return ImapSettings(
        host=text("IMAP_HOST"),
        port=number("IMAP_PORT"),
        security=_one_of("IMAP_SECURITY", text("IMAP_SECURITY"), "tls", "starttls", "none"),
        user=text("IMAP_USER"),
        password=text("IMAP_PASSWORD"),
        folder=text("IMAP_FOLDER"),
        read=text("IMAP_READ"),
        seconds=number("IMAP_SECONDS"),
    )


def remember(file: Path, variable: str, value: str) -> None:
    """Add a line to the settings file, which only its owner may read; for what a first start has to make up."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    with file.open("a", encoding="utf-8") as lines:
        lines.write(f"{variable}={value}\n")


def _checked(variable: str, read: Callable[[], Value], remedy: str) -> Value:
    try:
        return read()
    except EnvError as error:
        raise BadInput("cannot be read", place=variable, remedy=f"give {remedy}") from error


def _one_of(variable: str, value: str, *choices: str) -> str:
    if value not in choices:
        raise BadInput(f"{value!r} is not known", place=variable, remedy=f"one of {', '.join(choices)}")
    return value
