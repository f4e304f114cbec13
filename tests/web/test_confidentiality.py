"""What one side plans, notes and subscribes to leaves no trace on any page of the other: no word, no count, no gap."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import Engine

from scheduler.actor import operator, side
from scheduler.db.work import unit_of_work
from scheduler.meetings.actions import write_note
from scheduler.partnerships.tables import ClosedDayRow, Member, Partnership
from tests.web.site import NL, TODAY, UK, Visitor, put_round, visitor

ACCOUNTS = {"uk": UK, "nl": NL}
OTHER = {"uk": "nl", "nl": "uk"}
UNKNOWN = "0123456789abcdef0123456789abcdef"
FIRST_PAGES = (
    "/",
    "/partnerships/uk-nl?on=2027-02-01",
    "/year/uk-nl/2027?on=2027-02-01",
    "/subscriptions/uk-nl",
)


def canary(party: str, place: str) -> str:
    return f"canary-{party}-{place}"


def keep_private(engine: Engine, app: Flask, party: str, joint: str) -> str:
    """Leave the traces of a busy desk on one side; return the UID of a round that it has only planned."""
    planned = put_round(engine, "R3", date(2027, 5, 10), "planned", party=party)
    with unit_of_work(engine, side(party, canary(party, "desk")), TODAY) as work:
        for uid in (planned, joint):
            write_note(work, uid, canary(party, "note"))
        work.session.add(
            ClosedDayRow(
                partnership="uk-nl",
                party=party,
                title={"en": canary(party, "absence")},
                first=date(2027, 4, 5),
                last=date(2027, 4, 9),
                effect="costs",
                levels=[],
                offices=[],
                kind="absence",
                source=canary(party, "diary"),
                basis="stated",
            )
        )
    form = {"label": canary(party, "feed"), "language": "en", "tier": "full", "deadlines": "none"}
    made = visitor(app, engine, ACCOUNTS[party]).post(
        "/subscriptions/uk-nl", on_page="/subscriptions/uk-nl", **form
    )
    assert made.status == 200
    return planned


def without_tokens(answer: bytes) -> bytes:
    return re.sub(rb'name="csrf_token" value="[^"]*"', b"", answer)


def pages(walking: Visitor, *more: str) -> Iterator[tuple[str, bytes]]:
    """Walk everything that links lead to, and some addresses besides; yield each page without its tokens."""
    waiting = [*FIRST_PAGES, *more]
    seen: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path in seen or len(seen) > 100:
            continue
        seen.add(path)
        with walking.client.get(path, follow_redirects=True) as answer:
            content = without_tokens(answer.get_data())
        yield path, content
        links = [link.decode() for link in re.findall(rb'href="(/[^"#]*)"', content)]
        waiting += [link for link in links if not link.startswith("/year/")]  # years lead on without end


@pytest.mark.parametrize("party", ["uk", "nl"])
def test_no_page_of_the_other_side_changes_by_a_byte(app: Flask, engine: Engine, party: str) -> None:
    joint = put_round(engine, "R1", date(2027, 3, 16), "offered", party=party)
    other = visitor(app, engine, ACCOUNTS[OTHER[party]])
    before = dict(pages(other, f"/meetings/{UNKNOWN}"))
    planned = keep_private(engine, app, party, joint)
    assert len(before) > 10
    assert dict(pages(other, f"/meetings/{UNKNOWN}")) == before
    answer = other.client.get(f"/meetings/{planned}")
    assert answer.status_code == 404
    shown = without_tokens(answer.get_data()).replace(planned.encode(), UNKNOWN.encode())
    assert shown == before[f"/meetings/{UNKNOWN}"]


@pytest.mark.parametrize("party", ["uk", "nl"])
def test_the_canaries_sing_on_their_own_side(app: Flask, engine: Engine, party: str) -> None:
    joint = put_round(engine, "R1", date(2027, 3, 16), "offered", party=party)
    planned = keep_private(engine, app, party, joint)
    shown = b"".join(
        content for _, content in pages(visitor(app, engine, ACCOUNTS[party]), f"/meetings/{planned}")
    )
    assert {
        place for place in ("desk", "note", "absence", "feed") if canary(party, place).encode() in shown
    } == {
        "desk",
        "note",
        "absence",
        "feed",
    }


@pytest.mark.parametrize("name", ["offer", "agree", "record", "postpone", "cancel", "notes"])
def test_nothing_can_be_done_to_what_must_not_be_known(
    uk: Visitor, nl: Visitor, engine: Engine, name: str
) -> None:
    planned = put_round(engine, "R3", date(2027, 5, 10), "planned")
    refused = nl.post(f"/meetings/{planned}/{name}", on_page="/", text="a note")
    missing = nl.post(f"/meetings/0123/{name}", on_page="/", text="a note")
    assert (refused.status, refused.main) == (missing.status, missing.main)
    assert refused.status == 404
    assert uk.get(f"/meetings/{planned}").said("//p[@class='as-on']") == ["planned by your side UK only"]


def test_a_partnership_of_others_is_not_there(uk: Visitor, nl: Visitor, engine: Engine) -> None:
    with unit_of_work(engine, operator(), TODAY) as work:
        work.session.add(
            Partnership(key="nl-us", title={"en": "Netherlands–United States"}, languages=["en"])
        )
        work.session.flush()
        work.session.add(Member(partnership="nl-us", party="nl", position=0))
    paths = ["/partnerships/nl-us", "/year/nl-us/2027", "/letters/nl-us", "/subscriptions/nl-us"]
    assert [nl.get(path).status for path in paths] == [200] * 4
    assert [uk.get(path).status for path in paths] == [404] * 4
    assert nl.get("/").said("//main//h2") == ["Netherlands–United States", "Verenigd Koninkrijk–Nederland"]
    assert uk.get("/").said("//h1") == ["What is owed"]
