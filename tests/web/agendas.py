"""An agenda in the middle of its negotiation: two joint versions, a clash on each side, briefs and remarks."""

from datetime import date

from sqlalchemy import Engine

from agendas.drafting.actions import start_draft
from agendas.negotiation import actions
from agendas.negotiation.desk import keep, open_desk
from agendas.versions import rules
from agendas.versions.content import Item
from agendas.versions.queries import the_version
from scheduler import clock
from scheduler.actor import side
from scheduler.db.work import unit_of_work

TODAY = date(2027, 2, 10)
ADDED = Item("added/ports", "added", {"en": "Ports", "nl": "Havens"}, minutes=10, lead="uk", wanted="steer")


def begin(engine: Engine, uid: str, party: str = "uk") -> None:
    """Let a side draft, write a brief, and change a title in one language only."""
    with unit_of_work(engine, side(party, f"{party} desk"), clock.now()) as work:
        start_draft(work, uid, TODAY)
        desk = open_desk(work, uid, "own")
        content = rules.edit(desk.content, "opening", title={"en": "Opening and welcome", "nl": "Opening"})
        notes = {
            "opening": {"objective": "Begin on time.", "not_for_disclosure": "The minister leaves early."}
        }
        keep(work, desk, content, TODAY, notes=notes)


def negotiate(engine: Engine, uid: str) -> None:
    """Let UK offer, NL take it in and propose more, UK change the same words and take it in."""
    begin(engine, uid)
    with unit_of_work(engine, side("uk", "uk desk"), clock.now()) as work:
        actions.offer(work, uid, remark="First draft, for your comments.")
        actions.comment(work, uid, "opening", "Check with the embassy first.")
        actions.comment(work, uid, "opening", "We would like to begin on time.", joint=True)
    with unit_of_work(engine, side("nl", "nl desk"), clock.now()) as work:
        actions.take_in(work, uid, TODAY)
        joint = the_version(work, uid)
        content = rules.edit(rules.add(joint.content, ADDED), "opening", minutes=5)
        actions.amend(work, uid, joint.number, content, TODAY, "One item more")
        actions.sign(work, uid)
        desk = open_desk(work, uid, "own")
        keep(work, desk, rules.edit(desk.content, "opening", minutes=7), TODAY)
    with unit_of_work(engine, side("uk", "uk desk"), clock.now()) as work:
        desk = open_desk(work, uid, "own")
        keep(work, desk, rules.edit(desk.content, "opening", minutes=8), TODAY)
        actions.take_in(work, uid, TODAY)


def agree_and_freeze(engine: Engine, uid: str) -> None:
    """Let UK offer what it drafted, NL agree to it, and UK freeze it."""
    with unit_of_work(engine, side("uk", "uk desk"), clock.now()) as work:
        start_draft(work, uid, TODAY)
        actions.offer(work, uid)
    with unit_of_work(engine, side("nl", "nl desk"), clock.now()) as work:
        actions.sign(work, uid)
    with unit_of_work(engine, side("uk", "uk desk"), clock.now()) as work:
        actions.freeze(work, uid)
