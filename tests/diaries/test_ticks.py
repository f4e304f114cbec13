"""Ticks read diaries for each side; what goes wrong with one stops nothing and names no address."""

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from scheduler import clock
from scheduler.db.work import unit_of_work
from scheduler.diaries.reasons import Failure
from scheduler.diaries.tables import Diary
from scheduler.jobs import tick
from scheduler.settings import Settings, read_settings
from tests.builders import NL, NOW, UK, load_files
from tests.diaries.house import POST, busy_of, give_address, stands

NL_POST = "nl/director"


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a tick take no time."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def settings(engine: Engine, tmp_path: Path, host: str) -> Settings:
    load_files(engine)
    defaults = read_settings(tmp_path / "none.env")
    return dataclasses.replace(defaults, mail_folder=tmp_path / "mail", diary_origins=host, diary_minutes=30)


def test_a_tick_reads_what_is_due_for_both_sides(engine: Engine, settings: Settings, host: str) -> None:
    give_address(engine, POST, f"{host}/calendar.ics")
    give_address(engine, NL_POST, f"{host}/dated.ics", actor=NL)
    assert not tick(engine, settings, NOW).went_wrong
    assert len(busy_of(engine, POST, actor=UK)) == len(busy_of(engine, NL_POST, actor=NL)) == 1
    later = NOW + timedelta(minutes=29)
    assert not tick(engine, settings, later).went_wrong
    found = stands(engine, POST, now=later).diary
    assert found is not None
    assert (found.read_at, found.due_at) == (NOW, NOW + timedelta(minutes=30))


def test_a_broken_diary_is_no_fault_of_the_tick_and_the_log_names_no_address(
    engine: Engine,
    settings: Settings,
    host: str,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    give_address(engine, POST, host.replace("//", "//anna:s3cret@") + "/html?key=hush")
    give_address(engine, NL_POST, f"{host}/calendar.ics", actor=NL)
    assert not tick(engine, settings, NOW).went_wrong
    found = stands(engine, POST).diary
    assert found is not None
    assert found.failure is Failure.UNREADABLE
    assert len(busy_of(engine, NL_POST, actor=NL)) == 1
    written = capfd.readouterr()
    told = written.out + written.err + caplog.text
    assert "a diary could not be read" in told
    assert [
        word for word in ("127.0.0.1", "anna", "s3cret", "hush", "director", "canary") if word in told
    ] == []


def test_what_goes_wrong_for_one_side_stops_nothing_for_the_other(
    engine: Engine, settings: Settings, host: str
) -> None:
    give_address(engine, POST, f"{host}/calendar.ics")
    give_address(engine, NL_POST, f"{host}/calendar.ics", actor=NL)
    with unit_of_work(engine, NL, NOW) as work:
        work.session.scalars(select(Diary)).one().address = "http://calendar.example/"
    assert not tick(engine, settings, NOW).went_wrong
    found = stands(engine, NL_POST, actor=NL).diary
    assert found is not None
    assert found.failure is Failure.NOT_HTTPS
    assert len(busy_of(engine, POST)) == 1
    with unit_of_work(engine, UK, NOW) as work:
        work.session.scalars(select(Diary)).one().due_at = NOW
    assert tick(engine, dataclasses.replace(settings, diary_origins="nonsense"), NOW).went_wrong
    assert len(busy_of(engine, POST)) == 1
