import os
import signal
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from scheduler.db.engine import make_engine
from scheduler.db.work import reading
from scheduler.outbox.delivery import deliver
from scheduler.outbox.mailers import Envelope, Memory, Smtp
from scheduler.outbox.queries import letters
from scheduler.outbox.rules import BATCH, HANDFUL, STOPPED, Fate, LetterState, Verdict
from tests.outbox.drafts import LATER, NOW, UK, enqueue_for_uk, found_partnership, states
from tests.outbox.relay import relay

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def partnership(engine: Engine) -> None:
    found_partnership(engine)


@dataclass
class Moody:
    """A mailer that does with each letter what its key says."""

    sent: list[str] = field(default_factory=list)

    def open(self) -> AbstractContextManager["Moody"]:
        return nullcontext(self)

    def send(self, envelope: Envelope) -> Verdict:
        match envelope.key.partition("/")[0]:
            case "explode":
                raise RuntimeError("a fault of ours")
            case "die":
                self.sent.append(envelope.key)
                raise SystemExit
            case "unreached":
                return Verdict(Fate.UNREACHED, "nobody there")
            case "refused":
                return Verdict(Fate.REFUSED, "550 no")
        self.sent.append(envelope.key)
        return Verdict(Fate.ACCEPTED)


def test_everything_due_goes_once(engine: Engine) -> None:
    keys = [f"{number:03}" for number in range(BATCH * 2 + 1)]
    enqueue_for_uk(engine, *keys)
    mailer = Memory()
    assert deliver(engine, mailer, lambda: NOW) == Counter({Fate.ACCEPTED: len(keys)})
    assert deliver(engine, mailer, lambda: NOW) == Counter()
    assert [envelope.key for envelope in mailer.sent] == keys
    assert set(states(engine).values()) == {"sent"}


def test_one_letter_that_fails_does_not_stop_the_others(engine: Engine) -> None:
    enqueue_for_uk(engine, "a", "explode", "refused", "b")
    mailer = Moody()
    deliver(engine, mailer, lambda: NOW)
    assert mailer.sent == ["a", "b"]
    assert states(engine) == {"a": "sent", "explode": "uncertain", "refused": "failed", "b": "sent"}


def test_a_relay_out_of_reach_keeps_everything_waiting_and_is_not_pestered(engine: Engine) -> None:
    enqueue_for_uk(engine, "a", "unreached", *(f"b{number}" for number in range(BATCH)))
    mailer = Moody()
    assert deliver(engine, mailer, lambda: NOW) == Counter({Fate.ACCEPTED: 1, Fate.UNREACHED: 1})
    assert Counter(states(engine).values()) == {"sent": 1, "queued": BATCH + 1}


def test_a_sender_that_is_told_to_end_leaves_only_the_letter_in_its_hand_uncertain(engine: Engine) -> None:
    enqueue_for_uk(engine, "a", "b", "c", "d", "die", "e", "f", "g")
    mailer = Moody()
    with pytest.raises(SystemExit):
        deliver(engine, mailer, lambda: NOW)
    # "e" and "f" were begun together with it; "g" was only claimed.
    before, after = dict.fromkeys("abcd", "sent"), dict.fromkeys("efg", "queued")
    assert states(engine) == {**before, "die": "sending", **after}
    with reading(engine, UK, NOW) as work:
        waiting = letters(work, states=(LetterState.QUEUED,))
    assert {(entry.attempts, entry.last_error) for entry in waiting} == {(0, STOPPED)}
    deliver(engine, mailer, lambda: LATER)
    assert states(engine) == {**before, "die": "uncertain", **dict.fromkeys("efg", "sent")}
    assert mailer.sent == ["a", "b", "c", "d", "die", "e", "f", "g"]


def test_while_a_relay_is_quick_attempts_are_recorded_by_the_handful_and_one_that_is_slow_gets_them_singly(
    engine: Engine,
) -> None:
    keys = [f"{number:02}" for number in range(2 * HANDFUL)]
    enqueue_for_uk(engine, *keys)
    seconds = [0.0]
    under_way = []

    class Slow(Memory):
        """Takes a second for the letter in the middle, and looks at what is on record meanwhile."""

        def send(self, envelope: Envelope) -> Verdict:
            under_way.append(Counter(states(engine).values())["sending"])
            seconds[0] += envelope.key == keys[HANDFUL]
            return Memory.send(self, envelope)

    mailer = Slow()
    deliver(engine, mailer, lambda: NOW + timedelta(seconds=seconds[0]))
    assert [envelope.key for envelope in mailer.sent] == keys
    assert set(states(engine).values()) == {"sent"}
    before, after = under_way[: HANDFUL + 1], under_way[HANDFUL + 1 :]
    assert sorted(set(before)) == [1, 2, 4, 8, 16]
    assert after[:3] == [1, 2, 2]


KILLED = """
import os, signal, sys
from datetime import datetime, UTC
from pathlib import Path
from scheduler.db.engine import make_engine
from scheduler.outbox.delivery import deliver
from scheduler.outbox.mailers import Folder

class Killed(Folder):
    def send(self, envelope):
        verdict = super().send(envelope)
        if envelope.key == "b":
            os.kill(os.getpid(), signal.SIGKILL)
        return verdict

deliver(make_engine(sys.argv[1]), Killed(Path(sys.argv[2])), lambda: datetime.fromisoformat(sys.argv[3]))
"""


def test_a_killed_process_loses_nothing_and_doubles_nothing(
    engine: Engine, database_url: str, tmp_path: Path
) -> None:
    enqueue_for_uk(engine, "a", "b", "c", "d")
    killed = subprocess.run(
        (sys.executable, "-c", KILLED, database_url, str(tmp_path / "mail"), NOW.isoformat()),
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert states(engine) == {"a": "sent", "b": "sending", "c": "sending", "d": "claimed"}
    mailer = Memory()
    deliver(engine, mailer, lambda: LATER)
    assert [envelope.key for envelope in mailer.sent] == ["d"]
    assert states(engine) == {"a": "sent", "b": "uncertain", "c": "uncertain", "d": "sent"}
    assert sorted(file.name[0] for file in (tmp_path / "mail").iterdir()) == ["a", "b"]


def test_many_senders_send_each_letter_once(engine: Engine, database_url: str) -> None:
    keys = {f"{number:03}" for number in range(100)}
    enqueue_for_uk(engine, *keys)
    mailer = Memory()

    def work(_: int) -> None:
        own = make_engine(database_url)
        deliver(own, mailer, lambda: NOW)
        own.dispose()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert Counter(envelope.key for envelope in mailer.sent) == Counter(keys)
    assert Counter(states(engine).values()) == {"sent": len(keys)}


def test_letters_reach_a_real_relay(engine: Engine) -> None:
    enqueue_for_uk(engine, "a", "b")
    with relay() as server:
        mailer = Smtp("127.0.0.1", server.port, "dialogues@secretariat.example")
        assert deliver(engine, mailer, lambda: NOW) == Counter({Fate.ACCEPTED: 2})
        assert [recipient for recipient, _ in server.taken] == ["uk.desk@office.example"] * 2
        assert server.connections == 1
