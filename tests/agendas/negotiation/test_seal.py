"""The seal covers the moment of freezing too, which papers and pages show."""

from datetime import timedelta

from sqlalchemy import Engine, update

from agendas.negotiation.queries import verify
from agendas.versions.tables import AgendaVersion
from scheduler.db.work import reading, unit_of_work
from tests.agendas.negotiation.test_actions import DAY, frozen
from tests.builders import NL, NOW, UK, agreed, load_files


def test_another_moment_of_freezing_breaks_the_seal(engine: Engine) -> None:
    load_files(engine)
    uid = agreed(engine, DAY)
    frozen(engine, uid)
    with reading(engine, NL, NOW) as work:
        assert verify(work, uid).is_intact
    with unit_of_work(engine, UK, NOW) as work:
        work.session.execute(update(AgendaVersion).values(frozen_at=NOW + timedelta(minutes=1)))
    with reading(engine, NL, NOW) as work:
        assert not verify(work, uid).is_intact
