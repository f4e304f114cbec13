"""Units of work: all or nothing, nobody's change lost, and a reading that cannot write."""

import json
import threading
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Dialect, Engine, delete, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from scheduler.audit.tables import AuditEntry
from scheduler.db.base import UtcDateTime
from scheduler.db.engine import make_engine, read_json
from scheduler.db.schema import require_current
from scheduler.db.work import Work, reading, unit_of_work
from scheduler.errors import BadInput, Unavailable
from scheduler.meetings import actions
from scheduler.meetings.queries import meeting
from scheduler.partnerships.tables import Partnership
from tests.builders import NL, NOW, OPERATOR, UK, load_files, offered, planned, slot

AMSTERDAM_IN_SUMMER = timezone(timedelta(hours=2))


def _entry(at: datetime) -> AuditEntry:
    return AuditEntry(
        partnership="p", layer=None, at=at, party=None, name="n", act="a", subject="s", detail={}
    )


def _partnership() -> Partnership:
    return Partnership(key="p", title={"en": "P"}, languages=["en"])


@pytest.mark.parametrize(
    "given_instant",
    [
        datetime(2027, 7, 1, 8, 0, tzinfo=UTC),
        datetime(2027, 7, 1, 10, 0, tzinfo=AMSTERDAM_IN_SUMMER),
    ],
)
def test_an_instant_comes_back_in_utc(engine: Engine, given_instant: datetime) -> None:
    with unit_of_work(engine, OPERATOR, NOW) as work:
        work.session.add(_partnership())
        work.session.flush()
        work.session.add(_entry(given_instant))
    with reading(engine, OPERATOR, NOW) as work:
        stored = work.session.scalars(select(AuditEntry.at)).one()
    assert (stored, stored.tzinfo) == (datetime(2027, 7, 1, 8, 0, tzinfo=UTC), UTC)


def test_what_goes_wrong_is_said_without_the_values(engine: Engine) -> None:
    """Errors end in the log, which is the operator's: no side's words may stand there."""
    entry = _entry(NOW)
    entry.name, entry.detail = "a secret", {"why": "a secret"}
    with pytest.raises(IntegrityError) as refused, unit_of_work(engine, OPERATOR, NOW) as work:
        work.session.add(entry)  # of a partnership that does not exist
    assert "a secret" not in str(refused.value)


def test_a_naive_instant_is_refused(engine: Engine) -> None:
    naive = datetime(2027, 7, 1, 8, 0, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(StatementError, match="has no time zone"), unit_of_work(engine, OPERATOR, NOW) as work:
        work.session.add(_entry(naive))


@given(
    instant=st.datetimes(
        min_value=datetime(1950, 1, 1),  # noqa: DTZ001 (hypothesis adds the zones)
        max_value=datetime(2100, 1, 1),  # noqa: DTZ001
        timezones=st.timezones(),
    ),
    dialect=st.sampled_from(
        [make_url(url).get_dialect()() for url in ("sqlite://", "postgresql+psycopg://")]
    ),
)
def test_every_instant_keeps_its_place_on_both_databases(instant: datetime, dialect: Dialect) -> None:
    stored = UtcDateTime().process_bind_param(instant, dialect)
    assert UtcDateTime().process_result_value(stored, dialect) == instant.astimezone(UTC)


def test_an_exception_undoes_everything(engine: Engine) -> None:
    def half(work: Work) -> None:
        work.session.add(_partnership())
        work.session.flush()
        raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"), unit_of_work(engine, OPERATOR, NOW) as work:
        half(work)
    with reading(engine, OPERATOR, NOW) as work:
        assert work.session.scalars(select(Partnership)).all() == []


def test_a_reading_cannot_write(engine: Engine) -> None:
    with unit_of_work(engine, OPERATOR, NOW) as work:
        work.session.add(_partnership())
    with (
        pytest.raises(DBAPIError, match=r"read-?only"),
        reading(engine, OPERATOR, NOW) as work,
    ):
        work.session.execute(delete(Partnership))
    with pytest.raises(DBAPIError, match=r"read-?only"), reading(engine, OPERATOR, NOW) as work:
        work.session.add(Partnership(key="q", title={"en": "Q"}, languages=["en"]))
    with unit_of_work(engine, OPERATOR, NOW) as work:
        assert work.session.scalars(select(Partnership.key)).all() == ["p"]
        work.session.execute(delete(Partnership))


def test_a_reading_is_one_snapshot(engine: Engine) -> None:
    """A page that asks twice must not contradict itself, whatever was written in between."""
    with reading(engine, OPERATOR, NOW) as snapshot:
        before = snapshot.session.scalars(select(Partnership.key)).all()
        with unit_of_work(engine, OPERATOR, NOW) as work:
            work.session.add(_partnership())
        assert snapshot.session.scalars(select(Partnership.key)).all() == before == []


WRITERS, TIMES = 4, 6


def test_no_change_of_many_writers_at_once_is_lost(engine: Engine) -> None:
    """Each reads the revision and raises it; a writer that had read too early would lose somebody's."""
    load_files(engine)
    uid = offered(engine, date(2027, 6, 1))
    barrier = threading.Barrier(WRITERS)
    failures: list[Exception] = []

    def move_about(number: int) -> None:
        barrier.wait()
        try:
            for time in range(TIMES):
                with unit_of_work(engine, UK if number % 2 else NL, NOW) as work:
                    actions.move(work, uid, slot(date(2027, 3 + number, 2 + time)))
        except Exception as error:  # noqa: BLE001 (a thread's failure must reach the test)
            failures.append(error)

    threads = [threading.Thread(target=move_about, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with reading(engine, UK, NOW) as work:
        found = meeting(work, uid)
    assert (found.revision, found.sequence) == (1 + WRITERS * TIMES, WRITERS * TIMES)
    assert found.changed_at == NOW + timedelta(seconds=WRITERS * TIMES)


def test_a_change_and_its_audit_entry_stand_or_fall_together(engine: Engine) -> None:
    load_files(engine)
    uid = planned(engine, date(2027, 6, 1))

    def half(work: Work) -> None:
        actions.cancel(work, uid)
        work.session.flush()
        raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"), unit_of_work(engine, UK, NOW) as work:
        half(work)
    with reading(engine, UK, NOW) as work:
        acts = work.session.scalars(select(AuditEntry.act).where(AuditEntry.subject == f"meeting/{uid}"))
        assert (acts.all(), meeting(work, uid).state) == (["planned"], "planned")


def test_foreign_keys_hold(engine: Engine) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"), unit_of_work(engine, OPERATOR, NOW) as work:
        work.session.add(_entry(NOW))


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("nonsense", "DATABASE_URL: is not an address of a database (sqlite:///file.db)"),
        ("mysql://host/name", "DATABASE_URL: mysql is not supported (use sqlite:///… or postgresql://…)"),
    ],
)
def test_other_databases_are_refused(address: str, message: str) -> None:
    with pytest.raises(BadInput) as refused:
        make_engine(address)
    assert str(refused.value) == message


def test_a_database_without_tables_is_not_ready(empty_database_url: str) -> None:
    engine = make_engine(empty_database_url)
    with pytest.raises(Unavailable) as refused:
        require_current(engine)
    engine.dispose()
    assert (
        str(refused.value) == "the database has another revision than this program (run `dialogues migrate`)"
    )


def test_a_database_that_is_ready(engine: Engine) -> None:
    require_current(engine)


def test_what_is_no_database_is_said_to_be_none(tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG" * 1000)
    for address, message in (
        (f"sqlite:///{picture}", "the database cannot be used: file is not a database"),
        (
            f"sqlite:///{tmp_path}/no/such/folder.db",
            "the database cannot be used: unable to open database file",
        ),
    ):
        engine = make_engine(address)
        with pytest.raises(Unavailable) as refused:
            require_current(engine)
        engine.dispose()
        assert refused.value.message["en"] == message


def test_sqlite_keeps_its_promises(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    with engine.connect() as connection:
        pragmas = [connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "foreign_keys")]
    engine.dispose()
    assert pragmas == ["wal", 1]


@pytest.mark.parametrize("value", [{"a": [1, 2.5, None, "é"]}, "\ud800", 10**30, float("inf")])
def test_json_is_read_as_the_standard_library_writes_it(value: object) -> None:
    """Also half a surrogate pair, and numbers past all bounds, which faster readers refuse."""
    assert read_json(json.dumps(value)) == value
