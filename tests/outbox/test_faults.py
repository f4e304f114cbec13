"""What can go wrong between us and a relay, with real ones of both: no letter is lost, none is doubled unmarked."""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from resource import RLIMIT_FSIZE, getrlimit, setrlimit
from threading import Event, Thread

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from scheduler.db import engine as engines
from scheduler.db.engine import make_engine
from scheduler.db.work import reading, unit_of_work
from scheduler.outbox.actions import resend
from scheduler.outbox.delivery import deliver
from scheduler.outbox.mailers import Envelope, Folder, Limit, Memory, Smtp
from scheduler.outbox.queries import letter, letters
from scheduler.outbox.rules import HANDFUL, Fate, LetterState, Verdict, retry_after
from tests.outbox.drafts import LATER, NOW, UK, enqueue_for_uk, enqueue_to, found_partnership, states
from tests.outbox.relay import Relay, relay

ROOT = Path(__file__).parents[2]
SENDER = "dialogues@secretariat.example"


@pytest.fixture(autouse=True)
def partnership(engine: Engine) -> None:
    found_partnership(engine)


def smtp(server: Relay, **options: float) -> Smtp:
    return Smtp("127.0.0.1", server.port, SENDER, **options)  # type: ignore[arg-type]


def run(engine: Engine, database_url: str, server: Relay, workers: int) -> list[int]:
    """Run senders in processes of their own; return the numbers that they print."""
    engine.dispose()
    done = subprocess.run(
        (sys.executable, "-m", "tests.outbox.dying", database_url, str(server.port), str(workers)),
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        check=True,
    )
    return [int(number) for number in done.stdout.split()]


def arrived(engine: Engine, server: Relay) -> Counter[str]:
    """Return how often each letter arrived, whose bytes are those of the outbox."""
    with reading(engine, UK, NOW) as work:
        keys = {letter(work, entry.key)[1]: entry.key for entry in letters(work)}
    return Counter(keys[content] for _, content in server.taken)


def send_what_is_left(engine: Engine, server: Relay) -> None:
    """Let another sender come later, and a person send again whatever is uncertain."""
    deliver(engine, smtp(server), lambda: LATER)
    with unit_of_work(engine, UK, LATER) as work:
        for entry in letters(work, states=[LetterState.UNCERTAIN]):
            resend(work, entry.key, "nobody answers the telephone")
    deliver(engine, smtp(server), lambda: LATER)
    assert set(states(engine).values()) == {"sent"}


def marked(engine: Engine) -> set[str]:
    with reading(engine, UK, LATER) as work:
        return {entry.key for entry in letters(work) if entry.is_possible_duplicate}


def test_killed_at_every_step_a_sender_loses_nothing_and_doubles_nothing_unmarked(
    engine: Engine, database_url: str
) -> None:
    with relay() as server:
        (killed,) = run(engine, database_url, server, 0)
        before = arrived(engine, server)
        assert set(before.values()) == {1}
        send_what_is_left(engine, server)
        after = arrived(engine, server)
    steps = 2 * len(
        ("recover", "claim", "begin", "send", "settle and begin", "send", "settle", "claim nothing")
    )
    assert killed == steps
    assert set(after) == set(states(engine))
    assert len(after) == 2 * (killed + 1)
    doubled = {key for key, count in after.items() if count > 1}
    attempts = (
        2  # letters of each sender, at each of which it is killed in the four steps around the handing over
    )
    assert len(marked(engine)) == 4 * attempts
    assert doubled == marked(engine) & set(before)
    assert len(doubled) == 2 * attempts
    assert max(after.values()) == 2


@pytest.mark.parametrize("workers", [2, 4])
def test_several_senders_at_once_of_which_one_is_killed(
    engine: Engine, database_url: str, workers: int
) -> None:
    enqueue_for_uk(engine, *(f"{number:03}" for number in range(70)))
    with relay() as server:
        assert run(engine, database_url, server, workers)[1:] == [0] * (workers - 1)
        before = arrived(engine, server)
        assert set(before.values()) == {1}
        send_what_is_left(engine, server)
        after = arrived(engine, server)
    assert set(after) == set(states(engine))
    assert {key for key, count in after.items() if count > 1} == marked(engine) & set(before)
    assert len(marked(engine)) <= HANDFUL


def test_one_of_three_recipients_is_refused_in_the_words_of_the_relay(engine: Engine) -> None:
    enqueue_to(engine, "anna", "nobody", "bert")
    with relay() as server:
        deliver(engine, smtp(server), lambda: NOW)
        assert [recipient for recipient, _ in server.taken] == ["anna@office.example", "bert@office.example"]
    with reading(engine, UK, NOW) as work:
        found = {entry.key: (str(entry.state), entry.last_error) for entry in letters(work)}
    assert found == {
        "anna": ("sent", None),
        "nobody": ("failed", "550 no such mailbox"),
        "bert": ("sent", None),
    }


def test_a_relay_that_asks_strangers_to_come_back_gets_the_letter_then(engine: Engine) -> None:
    enqueue_to(engine, "grey", "anna")
    with relay() as server:
        deliver(engine, smtp(server), lambda: NOW)
        assert states(engine) == {"grey": "queued", "anna": "sent"}
        deliver(engine, smtp(server), lambda: NOW + retry_after("grey", 1))
        assert arrived(engine, server) == Counter({"anna": 1, "grey": 1})
    assert states(engine) == {"grey": "sent", "anna": "sent"}


@pytest.mark.parametrize("name", ["closing", "shuts", "hangs"])
def test_a_relay_that_wants_peace_gets_it_and_one_letter_does_not_stop_the_others_for_ever(
    engine: Engine, name: str
) -> None:
    enqueue_to(engine, "anna", name, "bert", "carla")
    with relay() as server:
        mailer = smtp(server, patience=0.8)
        assert deliver(engine, mailer, lambda: NOW) == Counter({Fate.ACCEPTED: 1, Fate.DEFERRED: 1})
        assert states(engine) == {"anna": "sent", name: "queued", "bert": "queued", "carla": "queued"}
        for minutes in (2, 4):
            deliver(engine, mailer, lambda: NOW + minutes * retry_after(name, 1))  # noqa: B023
        assert arrived(engine, server) == Counter({"anna": 1, "bert": 1, "carla": 1})
    assert states(engine)[name] == "queued"


def test_a_line_dropped_after_the_letter_leaves_it_to_a_person(engine: Engine) -> None:
    enqueue_to(engine, "silent", "anna")
    with relay() as server:
        deliver(engine, smtp(server), lambda: NOW)
        assert states(engine) == {"silent": "uncertain", "anna": "sent"}
        deliver(engine, smtp(server), lambda: LATER)
        assert arrived(engine, server) == Counter({"silent": 1, "anna": 1})


def test_a_relay_gets_no_more_letters_a_minute_than_it_takes(engine: Engine, database_url: str) -> None:
    keys = [f"{number:02}" for number in range(12)]
    enqueue_for_uk(engine, *keys)
    limit = Limit("relay:25", 10)
    mailer, another = Memory(), make_engine(database_url)
    for seconds, expected in ((0, 5), (1, 5), (11, 5), (12, 6), (60, 10), (100, 12)):
        now = NOW + seconds * (LATER - NOW) / 3600
        for sender in (engine, another):
            deliver(sender, mailer, lambda: now, limit)  # noqa: B023
        assert len(mailer.sent) == expected
    assert [envelope.key for envelope in mailer.sent] == keys
    another.dispose()


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Let nobody else write letters."""
    holder = make_engine(url)
    with holder.begin() as connection:  # on SQLite this alone takes the one lock that there is
        if holder.dialect.name == "postgresql":
            connection.exec_driver_sql("LOCK TABLE letters IN ACCESS EXCLUSIVE MODE")
        yield
    holder.dispose()


@pytest.fixture
def impatient(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """Give an engine that waits 0.3 seconds for a lock."""
    monkeypatch.setattr(engines, "BUSY_SECONDS", 0.3)
    is_server = database_url.startswith("postgresql")
    mark = "&" if "?" in database_url else "?"
    engine = make_engine(
        f"{database_url}{mark}options=-c%20lock_timeout%3D300" if is_server else database_url
    )
    yield engine
    engine.dispose()


@dataclass
class Locking:
    """Takes letters, and locks the database once it has taken the first."""

    url: str
    seconds: float
    sent: list[str] = field(default_factory=list)
    holders: list[Thread] = field(default_factory=list)
    held: Event = field(default_factory=Event)

    @contextmanager
    def open(self) -> Iterator["Locking"]:
        yield self

    def send(self, envelope: Envelope) -> Verdict:
        self.sent.append(envelope.key)
        if not self.holders:
            self.holders.append(Thread(target=self._hold))
            self.holders[0].start()
            self.held.wait()
        return Verdict(Fate.ACCEPTED)

    def _hold(self) -> None:
        with locked(self.url):
            self.held.set()
            time.sleep(self.seconds)


def test_a_database_locked_for_a_moment_delays_the_record_and_doubles_nothing(
    engine: Engine, impatient: Engine, database_url: str
) -> None:
    enqueue_for_uk(engine, "a", "b")
    mailer = Locking(database_url, 0.45)
    assert deliver(impatient, mailer, lambda: NOW) == Counter({Fate.ACCEPTED: 2})
    mailer.holders[0].join()
    assert mailer.sent == ["a", "b"]
    assert states(engine) == {"a": "sent", "b": "sent"}


def test_a_database_locked_for_long_leaves_a_letter_that_shows(
    engine: Engine, impatient: Engine, database_url: str
) -> None:
    enqueue_for_uk(engine, "a", "b")
    mailer = Locking(database_url, 1.6)
    with pytest.raises(OperationalError):
        deliver(impatient, mailer, lambda: NOW)
    mailer.holders[0].join()
    deliver(impatient, mailer, lambda: LATER)
    assert mailer.sent == ["a", "b"]
    assert states(engine) == {"a": "uncertain", "b": "sent"}


@dataclass(frozen=True, slots=True)
class Rationed(Folder):
    """A folder in which no file may be longer than some bytes, by the same rule of the system that holds everywhere."""

    def send(self, envelope: Envelope) -> Verdict:
        _, hard = getrlimit(RLIMIT_FSIZE)
        setrlimit(RLIMIT_FSIZE, (8_000, hard))
        try:
            return Folder.send(self, envelope)
        finally:
            setrlimit(RLIMIT_FSIZE, (hard, hard))


def test_a_letter_that_the_disk_does_not_take_whole_is_not_there_and_waits(
    engine: Engine, tmp_path: Path
) -> None:
    enqueue_to(engine, "anna")
    enqueue_to(engine, "bert", text="x" * 9_000)
    assert deliver(engine, Rationed(tmp_path), lambda: NOW) == Counter({Fate.ACCEPTED: 1, Fate.UNREACHED: 1})
    assert [file.name[:4] for file in tmp_path.iterdir()] == ["anna"]
    assert states(engine) == {"anna": "sent", "bert": "queued"}
    deliver(engine, Folder(tmp_path), lambda: LATER)
    assert sorted(file.name[:4] for file in tmp_path.iterdir()) == ["anna", "bert"]


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[bool]:
    """Mount a small disk where this user may, and tell whether it did."""
    folder.mkdir()
    mounting = ("mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "dialogues-test", str(folder))
    mounted = False
    with suppress(FileNotFoundError):
        mounted = subprocess.run(mounting, check=False, capture_output=True).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(("umount", str(folder)), check=True)


def test_a_full_disk_keeps_letters_waiting_until_there_is_room(engine: Engine, tmp_path: Path) -> None:
    """Without the right to mount a disk, the file that fills it is one that the rule above cuts short."""
    names = ["anna", "bert", "carla", "dora"]
    enqueue_to(engine, *names, text="x" * 5_000)
    with small_disk(tmp_path / "mail", 64) as mounted:
        mail = tmp_path / "mail"
        filler = mail / "filler"
        filler.write_bytes(b"x" * (44 if mounted else 1) * 1024)
        first = deliver(engine, Folder(mail) if mounted else Rationed(mail), lambda: NOW)
        assert first[Fate.UNREACHED] == 1
        waiting = Counter(states(engine).values())["queued"]
        assert waiting == len(names) - first[Fate.ACCEPTED] > 0
        assert [file for file in mail.iterdir() if file.suffix == ".part"] == []
        filler.unlink()
        if mounted:
            subprocess.run(("mount", "-o", "remount,size=1m", str(mail)), check=True)
        deliver(engine, Folder(mail), lambda: LATER)
        with reading(engine, UK, NOW) as work:
            written = {letter(work, name)[1] for name in names}
        assert {file.read_bytes() for file in mail.iterdir()} == written
    assert set(states(engine).values()) == {"sent"}
