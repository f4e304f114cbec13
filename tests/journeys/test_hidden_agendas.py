"""What each side keeps to itself of an agenda that both negotiate comes out nowhere on the other side."""

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from agendas.commitments.notes import Note, write_note
from agendas.distribution.notes import SETTLED
from agendas.drafting.actions import start_draft
from agendas.negotiation import actions
from agendas.negotiation.desk import keep, open_desk
from agendas.negotiation.papers import KINDS, NOTE_KINDS
from agendas.rendering.docx import TEMPLATE
from agendas.versions import rules
from agendas.versions.content import Item, Place
from agendas.versions.queries import draft
from agendas.versions.stored import ORDER
from scheduler import clock
from scheduler.actor import side
from scheduler.db.work import unit_of_work
from tests.builders import agreed
from tests.journeys.house import UK_NL, House, open_house
from tests.journeys.outlook import MARKINGS, OTHER, canary, mails, readable, signed_in

NOW = datetime(2027, 2, 10, 9, 0, tzinfo=UTC)

NAMES = (b"-pack-", b"-note-joint-1-")
"""In the name of a file that a mail brings: the pack of one side, the covering note to what the other offered."""

PUBLIC = "http://127.0.0.1:8000"
NONCE = re.compile(rb'name="csrf_token" value="[^"]*"')
"""What is another at each look."""

FIRST = ("opening", "adoption", "theme/JS-T3", ORDER)
"""What the first side offers; everything else stays its own."""


def keep_to_itself(engine: Engine, uid: str, party: str, canary: str, today: date) -> None:
    """Leave the canary in the brief of every item, in an item that is not offered, in a private remark, in a reason.

    The side that comes first offers some items, the other takes them in.
    """
    words = {"en": canary, "nl": canary}
    with unit_of_work(engine, side(party, f"{party} desk"), clock.now()) as work:
        if draft(work, uid) is None and party == "uk":
            start_draft(work, uid, today)
            actions.offer(work, uid, FIRST)
        else:
            actions.take_in(work, uid, today)
        desk = open_desk(work, uid, "own")
        content = rules.add(desk.content, Item(f"added/{canary}", rules.ADDED, words, lead=party, text=words))
        content = rules.edit(content, "opening", text=words)
        content = rules.place(content, "adoption", Place.WRITING, words)
        notes = {item.key: dict.fromkeys(NOTE_KINDS, canary) for item in content.items}
        keep(work, desk, content, today, notes=notes)
        actions.comment(work, uid, "opening", canary)


@pytest.fixture
def house(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    templates = tmp_path / "templates"
    templates.mkdir()
    shutil.copy(TEMPLATE, templates / "agenda.docx")
    monkeypatch.setenv("AGENDA_TEMPLATES", str(templates))
    house = open_house(database_url, tmp_path, monkeypatch, NOW)
    house.say("load", str(UK_NL))
    return house


def of_the_agenda(house: House, client: FlaskClient, uid: str, party: str) -> Iterator[tuple[str, bytes]]:
    """Yield everything that a side can get out of the agenda of a round: papers, pages, what commands print."""
    address = f"/meetings/{uid}/agenda"
    for name, kind in (*product(("own",), ("joint", "annotated", "pack")), *product(("joint",), KINDS)):
        for form in ("docx", "pdf"):
            file = Path(f"{party}-{name}-{kind}.{form}")
            options = ("--kind", kind, "--version", name, "--out", str(file), "--as", party)
            house.say("agenda", "document", uid, *options)
            yield f"{name} {kind} {form}", readable(file)
            house.say("agenda", "document", uid, *options, "--marking", MARKINGS[party])
            yield f"{name} {kind} {form} marked", readable(file)
        for form in (".html", ".md", ""):
            page = f"{address}/papers/{kind}{form}?version={name}"
            yield f"{name} {kind} page {form}", client.get(page).data
            marked = client.get(f"{page}&marking={MARKINGS[party]}").data
            yield f"{name} {kind} page {form} marked", marked
    for page in ("", "/own", "/joint", "/versions", "/versions/compare?before=joint&after=own"):
        yield f"agenda page {page}", client.get(f"{address}{page}").data
    for layer, item in product(("own", "joint"), ("opening", "theme/JS-T3")):
        yield f"{layer} {item}", client.get(f"{address}/{layer}/items/{item}").data
    yield "the meeting", client.get(f"/meetings/{uid}").data
    yield "what is owed", client.get("/partnerships/uk-nl").data
    asked: tuple[tuple[str, ...], ...] = (
        ("show",),
        ("show", "--version", "own"),
        ("versions",),
        ("comments",),
    )
    for words in asked:
        said = house.say("agenda", words[0], uid, *words[1:], "--json", "--as", party)
        yield f"agenda {' '.join(words)}", said.encode()
    yield "agenda templates", house.say("agenda", "templates").encode()
    yield "agenda diff", house.say("agenda", "diff", uid, "joint", "own", "--json", "--as", party).encode()
    yield "export", house.say("export", "--as", party).encode()
    printed = house.say("feed", "new", "--label", "agendas", "--as", party)
    feed = next(word for word in printed.split() if word.startswith("http"))
    yield "feed", client.get(feed.removeprefix(PUBLIC)).data


def test_each_side_finds_its_own_and_nothing_of_the_other(house: House, engine: Engine) -> None:
    uid = agreed(engine, date(2027, 3, 23), key="JS-R05")
    for party in OTHER:
        keep_to_itself(engine, uid, party, canary(party), NOW.date())
        house.say("pack", "send", uid, "--marking", MARKINGS[party], "--as", party)
    house.set_clock(NOW + SETTLED)
    house.say("tick")
    for party, other in OTHER.items():
        client = signed_in(engine, party)
        found = dict(of_the_agenda(house, client, uid, party))
        assert client.get(f"/meetings/{uid}/agenda/own/items/added/{canary(other)}").status_code == 404
        own = {place for place, content in found.items() if canary(party).encode() in content}
        assert {place for place, content in found.items() if canary(other).encode() in content} == set()
        # The canary is alive: a search that finds nothing anywhere would prove nothing.
        papers = product(("own", "joint"), ("annotated", "pack"), ("docx", "pdf"))
        briefs = {" ".join(names) for names in papers}
        assert briefs <= own
        assert {
            "agenda comments",
            "agenda show --version own",
            "agenda page /own",
            "agenda diff",
            "own opening",
        } <= own
        # What goes to the other side holds nothing of either side's own.
        joint = {f"joint {kind} {form}" for kind in ("joint", "covering") for form in ("docx", "pdf")}
        joint |= {"agenda show", "feed"}
        assert joint & own == set()
        got = list(mails(house, engine, party))
        assert not any(canary(other).encode() in content for _, content in got)
        packs, notes = ([content for _, content in got if name in content] for name in NAMES)
        assert packs
        assert all(canary(party).encode() in content for content in packs)
        # The side that is offered an agenda is told of it by mail, with its papers; the one that offers is not.
        assert len(notes) == (party == "nl")
        assert not any(canary(party).encode() in content for content in notes)


def test_what_a_side_does_by_itself_changes_no_byte_of_what_the_other_gets(
    house: House, engine: Engine
) -> None:
    uid = agreed(engine, date(2027, 3, 23), key="JS-R05")
    with unit_of_work(engine, side("uk", "uk desk"), clock.now()) as work:
        start_draft(work, uid, NOW.date())
        actions.offer(work, uid, FIRST)
    client = signed_in(engine, "nl")
    printed = house.say("feed", "new", "--label", "agendas", "--as", "nl")
    feed = next(word for word in printed.split() if word.startswith("http")).removeprefix(PUBLIC)
    before = dict(of_the_other(house, client, uid, feed))
    with unit_of_work(engine, side("uk", "uk desk"), clock.now()) as work:
        desk = open_desk(work, uid, "own")
        content = rules.add(
            desk.content, Item("added/own", rules.ADDED, {"en": "Own", "nl": "Eigen"}, lead="uk")
        )
        notes = {"opening": {"objective": "Own"}}
        keep(work, desk, rules.edit(content, "opening", minutes=2), NOW.date(), notes=notes)
        actions.comment(work, uid, "opening", "Own")
        write_note(work, "uk-nl", Note(NOW.date(), {"en": "Own"}, ("JS-C26",)), joint=False)
    house.say("pack", "send", uid, "--as", "uk")
    after = dict(of_the_other(house, client, uid, feed))
    assert {place for place in before if before[place] != after[place]} == set()


def of_the_other(house: House, client: FlaskClient, uid: str, feed: str) -> Iterator[tuple[str, object]]:
    """Yield what tells of the agenda of a round to the side that did nothing, in the same moment the same."""
    address = f"/meetings/{uid}/agenda"
    papers = [f"/papers/{kind}.{form}?version=joint" for kind in KINDS for form in ("docx", "md")]
    for page in ("", "/joint", "/joint/items/opening", "/own", "/versions", *papers):
        yield page, _answered(client, f"{address}{page}")
    for page in (
        f"/meetings/{uid}",
        f"/meetings/{uid}/pack",
        "/commitment/uk-nl/JS-C26",
        "/report/uk-nl",
        feed,
    ):
        yield page, _answered(client, page)
    for words in (
        ("agenda", "show", uid),
        ("agenda", "versions", uid),
        ("agenda", "comments", uid),
        ("letters", "list"),
    ):
        yield " ".join(words), house.say(*words, "--json", "--as", "nl")
    yield "agenda of its own", house.run("agenda", "show", uid, "--version", "own", "--as", "nl").output
    yield "export", house.say("export", "--as", "nl")


def _answered(client: FlaskClient, address: str) -> tuple[int, str | None, bytes]:
    answer = client.get(address)
    return answer.status_code, answer.headers.get("ETag"), NONCE.sub(b"", answer.data)
