"""A made-up programme with as many lead offices and agreed rounds as wanted, for the benchmarks of letters."""

from datetime import UTC, date, datetime, time
from pathlib import Path

from sqlalchemy import Engine, insert, select

from agendas.commitments.programme import sections
from scheduler.actor import operator, side
from scheduler.dates.slots import timed_slot
from scheduler.db.engine import make_engine
from scheduler.db.schema import migrate
from scheduler.db.work import unit_of_work
from scheduler.meetings.options import slot_columns
from scheduler.meetings.rules import State
from scheduler.meetings.tables import Meeting, MeetingDuty
from scheduler.obligations.tables import Obligation
from scheduler.outbox.mime import Letterhead
from scheduler.programmes.loading import load, parse_programme

START = datetime(2026, 9, 1, 12, tzinfo=UTC)
UK = side("uk", "benchmark")
SENDER = "dialogues@secretariat.example"
LETTERHEAD = Letterhead(SENDER, "OFFICIAL", "https://dialogues.example")

_SIDE = """
  - key: {key}
    name: {{en: "{name}", nl: "{name}"}}
    short: {{en: "{short}", nl: "{short}"}}
    language: {language}
    zone: {zone}
    capital: {{en: "{capital}", nl: "{capital}"}}
    holidays: {{country: {country}}}
    office_hours: {{value: {{from: "09:00", until: "17:00"}}, basis: assumed}}
    offices:
      - {{key: {key}-ministry, name: {{en: "Foreign Office", nl: "Ministerie"}}, short: FM, kind: foreign_ministry,
         city: {{en: "{capital}"}}, secretariat: true}}
{offices}
    posts:
      - {{key: secretariat, office: {key}-ministry, title: {{en: "Secretariat", nl: "Secretariaat"}}, level: expert,
         mailbox: secretariat@{key}.example}}
{posts}
"""
_OFFICE = """      - {{key: {key}-{number}, name: {{en: "Office {number}", nl: "Bureau {number}"}}, short: O{number},
         kind: ministry, city: {{en: "{capital}"}}}}"""
_POST = """      - {{key: desk-{number}, office: {key}-{number}, title: {{en: "Desk {number}", nl: "Desk {number}"}},
         level: expert, mailbox: desk-{number}@{key}.example}}"""
_OBLIGATION = """
  - key: D{number}
    title: {{en: "Dialogue {number}", nl: "Dialoog {number}"}}
    kind: dialogue
    level: senior_official
    passage: {{source: JS, heading: Introduction, start: 1, end: 2}}
    cadence: {{stated: "annual", rule: annual, reading: {{en: "One a year.", nl: "Eén per jaar."}}, basis: stated}}
    established: true
    in_force: {{from: 2026-06-01, until: null}}
    themes: [T1]
    duration: {{hours: 6}}
    start_time: "10:00"
    window: null
    host: {{rule: either}}
    leads: {{uk: uk-{number}, nl: nl-{number}}}
    posts: []
"""
_SIDES = (
    ("uk", "United Kingdom", "UK", "en", "Europe/London", "London", "GB, subdivision: ENG"),
    ("nl", "Netherlands", "NL", "nl", "Europe/Amsterdam", "The Hague", "NL, subdivision: null"),
)


def made_up(offices: int) -> bytes:
    """Return a programme file with so many lead offices on each side, and one dialogue for each pair of them."""
    parties = ""
    for key, name, short, language, zone, capital, country in _SIDES:
        numbers = range(offices)
        parties += _SIDE.format(
            key=key, name=name, short=short, language=language, zone=zone, capital=capital, country=country,
            offices="\n".join(_OFFICE.format(key=key, number=number, capital=capital) for number in numbers),
            posts="\n".join(_POST.format(key=key, number=number) for number in numbers),
        )  # fmt: skip
    obligations = "".join(_OBLIGATION.format(number=number) for number in range(offices))
    return f"""format: 1
partnership:
  {{key: uk-nl, title: {{en: "UK–NL", nl: "VK–NL"}}, parties: [uk, nl], languages: [en, nl]}}
parties:{parties}
sources:
  - {{key: JS, title: {{en: "Statement"}}, kind: joint_statement, date: 2025-12-03, language: en, parties: [uk, nl]}}
themes:
  - {{key: T1, title: {{en: "Everything", nl: "Alles"}}, kind: policy, leads: {{uk: uk-0, nl: nl-0}}}}
obligations:{obligations}""".encode()


def founded(folder: Path, name: str, offices: int) -> Engine:
    """Return a new installation with such a programme."""
    url = f"sqlite:///{folder / name}.db"
    migrate(url)
    engine = make_engine(url)
    with unit_of_work(engine, operator(), START) as work:
        load(work, parse_programme(made_up(offices), name, sections()), sections())
    return engine


def agree_rounds(engine: Engine, count: int, day: date) -> None:
    """Put so many agreed rounds on one day, the dialogues in turn.

    They are written into the tables, for by the actions of people ten thousand of them would take minutes.
    """
    slot = slot_columns(timed_slot(day, time(10), time(16), "Europe/London"))
    with unit_of_work(engine, operator(), START) as work:
        duties = work.session.scalars(select(Obligation.id).order_by(Obligation.id)).all()
        common = {
            "partnership": "uk-nl", "layer": None, "number": None, "state": State.AGREED, "level": "senior_official",
            "host": "nl", "place": None, "sequence": 1, "revision": 1, "created_at": START, "changed_at": START,
            "passage_id": None, "note": None, "basis": {}, **slot,
        }  # fmt: skip
        rows = [{"uid": f"round-{len(duties)}-{number}", **common} for number in range(count)]
        ids = work.session.scalars(
            insert(Meeting).returning(Meeting.id, sort_by_parameter_order=True), rows
        ).all()
        links = [
            {"meeting_id": meeting, "obligation_id": duties[number % len(duties)], "position": 0}
            for number, meeting in enumerate(ids)
        ]
        work.session.execute(insert(MeetingDuty), links)
