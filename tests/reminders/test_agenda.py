from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from scheduler import clock
from scheduler.accounts.actions import add_user
from scheduler.accounts.queries import UserFacts
from scheduler.accounts.rules import Role as Rights
from scheduler.actor import operator
from scheduler.app import command_line, create_app
from scheduler.db.work import Work, reading, unit_of_work
from scheduler.invitations import actions as invitations
from scheduler.invitations.rules import Role
from scheduler.jobs import tick
from scheduler.meetings.queries import meetings
from scheduler.meetings.rules import State
from scheduler.reminders.agenda import AgendaDeadline, agenda_steps, stated
from scheduler.reminders.done import OnRecord, done
from scheduler.reminders.milestones import Setting, Settings
from scheduler.reminders.queries import AgendaDeadlines, outlook
from scheduler.reminders.rules import Deadline, Recipient, Round
from scheduler.reminders.timeline import tracks
from scheduler.settings import Settings as Installation
from scheduler.settings import read_settings
from tests.reminders.stage import LETTERHEAD, NL, UK, agreed, found, give, given, said
from tests.web.site import visitor

DAY = timedelta(days=1)
PAGE = "/reminders/uk-nl"
READER = UserFacts("desk@uk.example", "UK desk", "uk", Rights.DESK, "en")
SOC = Round("4f", 2, State.AGREED, "senior_official", date(2027, 6, 1), date(2027, 6, 1), consented=True)
COMMENTS = {"en": "Comment on version 2", "nl": "Geef commentaar op versie 2"}
DRAFT = {"en": "Send the first draft", "nl": "Verzend het eerste concept"}
ROOM = Recipient("uk/desk", "FCDO", "desk@fcdo.example", ())
OTHERS = Recipient("uk/lead", "HO", "lead@ho.example", ())


def own(**changes: object) -> AgendaDeadline:
    values: dict[str, object] = {
        "key": "comments-2",
        "meeting": "4f",
        "step": "",
        "day": date(2027, 5, 4),
        "audience": ("uk/desk",),
        "title": COMMENTS,
        "done": False,
    }
    return AgendaDeadline(**{**values, **changes})  # type: ignore[arg-type]


def draft(**changes: object) -> AgendaDeadline:
    return own(
        **{"key": "draft", "step": "first_draft", "day": None, "audience": (), "title": DRAFT, **changes}
    )


def named(names: tuple[str, ...]) -> tuple[Recipient, ...]:
    known = {"uk/desk": ROOM, "uk/lead": OTHERS, "lead": OTHERS}
    return tuple(known[name] for name in names if name in known)


def asked(
    *entries: AgendaDeadline, round_: Round = SOC, settings: Settings | None = None
) -> list[tuple[str, str, date]]:
    steps: list[Deadline] = list(agenda_steps(round_, entries, named, settings or Settings()))
    return [(entry.step, entry.recipient.post, entry.day) for entry in steps]


@pytest.mark.parametrize(
    "changes",
    [
        {"key": "with/slash"},
        {"key": "x" * 41},
        {"key": "first_draft"},
        {"step": "no such milestone"},
        {"day": None},
        {"audience": ()},
    ],
)
def test_what_could_never_be_told_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        own(**changes)


def test_a_milestone_keeps_its_day_and_its_posts_unless_the_agenda_says_otherwise() -> None:
    assert asked(draft()) == [("first_draft", "uk/lead", date(2027, 4, 27))]
    assert asked(draft(day=date(2027, 4, 20), audience=("uk/desk",))) == [
        ("first_draft", "uk/desk", date(2027, 4, 20))
    ]


def test_what_the_side_has_set_holds_before_what_the_agenda_says() -> None:
    chosen = Setting("first_draft", "", "", "", 8, False, "uk/desk", "anna", datetime(2027, 1, 1, tzinfo=UTC))  # noqa: FBT003
    stated_elsewhere = draft(day=date(2027, 4, 20), audience=("uk/lead",))
    assert asked(stated_elsewhere, settings=Settings((chosen,))) == [
        ("first_draft", "uk/desk", date(2027, 4, 6))
    ]
    off = replace(chosen, amount=None, is_off=True)
    assert asked(stated_elsewhere, settings=Settings((off,))) == []


def test_of_several_for_one_step_and_post_the_first_counts_and_what_is_done_is_not_asked() -> None:
    later, sooner = (
        own(step="briefing_commissioned", day=date(2027, 5, 5)),
        own(key="other", step="briefing_commissioned", day=date(2027, 5, 3)),
    )
    assert asked(later, sooner) == [("briefing_commissioned", "uk/desk", date(2027, 5, 3))]
    assert asked(later, replace(sooner, done=True)) == [
        ("briefing_commissioned", "uk/desk", date(2027, 5, 5))
    ]
    assert stated([later, sooner, own()]) == {"briefing_commissioned"}


@pytest.mark.parametrize(
    ("state", "day", "is_asked"),
    [
        (State.PLANNED, date(2027, 5, 4), False),
        (State.OFFERED, date(2027, 5, 4), False),
        (State.AGREED, date(2027, 5, 4), True),
        (State.HELD, date(2027, 5, 4), False),
        (State.HELD, date(2027, 6, 3), True),
        (State.CANCELLED, date(2027, 6, 3), False),
    ],
)
def test_an_agenda_asks_only_for_a_date_that_both_sides_hold(
    state: State, day: date, *, is_asked: bool
) -> None:
    assert bool(asked(own(day=day), round_=replace(SOC, state=state))) is is_asked


SENT = datetime(2027, 3, 1, 12, tzinfo=UTC)
RECORD = OnRecord(date(2027, 6, 1), date(2027, 6, 1), SENT, True, None, ())  # noqa: FBT003


@pytest.mark.parametrize(
    ("record", "steps"),
    [
        (RECORD, ["invitation"]),
        (replace(RECORD, sent_for=date(2027, 5, 25)), []),
        (replace(RECORD, sent_for=None, sent_at=None), []),
        (replace(RECORD, released_at=SENT), ["invitation", "delegations"]),
        (replace(RECORD, confirmed=(True, True)), ["invitation"]),
        (replace(RECORD, is_guest=False, confirmed=(True, True)), ["invitation", "delegations"]),
        (replace(RECORD, is_guest=False, confirmed=(True, False)), ["invitation"]),
        (replace(RECORD, is_guest=False), ["invitation"]),
    ],
)
def test_what_is_on_record_is_done(record: OnRecord, steps: list[str]) -> None:
    assert [entry.step for entry in done(record)] == steps


KINGS_EVE = datetime(2027, 4, 26, 8, 30, tzinfo=UTC)


def agendas(*entries: AgendaDeadline) -> AgendaDeadlines:
    """Tell these deadlines of every round that is agreed, as agendas do: by asking the database."""

    def stated_by(work: Work, partnership: str) -> tuple[AgendaDeadline, ...]:
        return tuple(
            replace(entry, meeting=meeting.uid)
            for meeting in meetings(work, partnership)
            if meeting.state is State.AGREED
            for entry in entries
        )

    return stated_by


@pytest.fixture
def programme(engine: Engine) -> None:
    found(engine)


@pytest.mark.usefixtures("programme")
def test_what_an_agenda_states_is_told_once_and_silence_follows_when_it_is_done(engine: Engine) -> None:
    agreed(engine)
    give(engine, UK, KINGS_EVE - DAY * 5)
    give(engine, UK, KINGS_EVE + DAY, agendas(draft()))
    assert ("Send the first draft, by Tuesday 27 April 2027: Organised Crime Dialogue") in [
        subject for _, subject in said(engine, UK)
    ]
    drafts = [entry for entry in given(engine, UK) if entry[1] == "first_draft"]
    assert drafts == [("uk/crime-desk", "first_draft")]
    give(engine, UK, KINGS_EVE + 2 * DAY)  # the same step as the plain milestone: nobody is told twice
    assert [entry for entry in given(engine, UK) if entry[1] == "first_draft"] == drafts
    assert give(engine, NL, KINGS_EVE + DAY, agendas(draft(done=True))).enqueued >= 0
    assert [entry for entry in given(engine, NL) if entry[1] == "first_draft"] == []


@pytest.mark.usefixtures("programme")
def test_a_letter_that_waits_is_dropped_when_the_agenda_says_that_it_is_done(engine: Engine) -> None:
    agreed(engine)
    give(engine, UK, KINGS_EVE - DAY * 5)
    assert give(engine, UK, KINGS_EVE + DAY, agendas(draft())).enqueued == 1
    assert give(engine, UK, KINGS_EVE + DAY, agendas(draft(done=True))).dropped == 1


@pytest.mark.usefixtures("programme")
def test_what_an_agenda_wants_and_nobody_does_is_told_to_others(engine: Engine) -> None:
    uid = agreed(engine)
    wanted = agendas(own(audience=("home-office", "uk/nobody", "nl/secretariat"), day=date(2027, 4, 27)))
    for number in range(25):
        give(engine, UK, KINGS_EVE + number * DAY, wanted)
    told = [post for post, step in given(engine, UK) if step == "comments-2"]
    assert told[0] == "uk/crime-desk"
    with reading(engine, UK, KINGS_EVE) as work:
        view = outlook(work, "uk-nl", wanted)
        (track,) = [entry for entry in tracks(work, view) if entry.subject == uid]
    assert {str(line.step["en"]) for line in track.lines if line.post == "uk/crime-desk"} >= {COMMENTS["en"]}
    assert len(told) == 3


@pytest.mark.usefixtures("programme")
def test_steps_on_record_are_silent_and_the_timeline_says_why(engine: Engine) -> None:
    uid = agreed(engine)
    with unit_of_work(engine, UK, SENT) as work:
        invitations.send(work, uid, LETTERHEAD)
    with unit_of_work(engine, NL, SENT) as work:
        invitations.set_delegate(work, uid, "nl/secretariat", Role.REQUIRED)
        invitations.release(work, uid)
    none = agendas(draft(done=True))
    with reading(engine, UK, SENT) as work:
        view = outlook(work, "uk-nl", none)
        steps = {entry.deadline.step for entry in view.reminders if entry.deadline.subject == uid}
        (track,) = [entry for entry in tracks(work, view) if entry.subject == uid]
    assert steps & {"invitation", "delegations", "first_draft"} == {"delegations"}
    assert [(title["en"], because["en"]) for title, because in track.done] == [
        ("Host, venue and invitation", "The invitations for this day were sent on 1 March 2027."),
        ("Send the first draft", "The agenda has this on record."),
    ]
    with reading(engine, NL, SENT) as work:
        view = outlook(work, "uk-nl", none)
    assert [entry.step for entry in view.done[uid]] == ["invitation", "delegations", "first_draft"]


@pytest.fixture
def installation(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installation:
    for name, value in {
        "DATABASE_URL": database_url,
        "DIALOGUES_SIDE": "uk",
        "SECRET_KEY": "a key for tests only",
        "MAIL_FOLDER": str(tmp_path / "mail"),
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(clock, "now", lambda: KINGS_EVE - 5 * DAY)
    return read_settings()


@pytest.mark.usefixtures("programme")
def test_every_door_hears_of_the_agendas(engine: Engine, installation: Installation) -> None:
    """The tick, the command line and the pages get the same function, and none of them forgets it."""
    agreed(engine)
    wanted = agendas(own(day=date(2027, 5, 4), audience=("uk/crime-desk",)))
    shown = CliRunner().invoke(command_line(wanted), ("reminders", "preview", "--language", "nl"))
    assert COMMENTS["nl"] in shown.output
    assert not tick(engine, installation, datetime(2027, 5, 4, 9, tzinfo=UTC), wanted).went_wrong
    assert [step for _, step in given(engine, UK) if step == "comments-2"] == ["comments-2"]
    with unit_of_work(engine, operator(), KINGS_EVE) as work:
        add_user(work, READER)
    assert COMMENTS["en"] in visitor(create_app(installation, engine, wanted), engine, READER).get(PAGE).main
    assert COMMENTS["en"] not in visitor(create_app(installation, engine), engine, READER).get(PAGE).main
