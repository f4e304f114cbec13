"""Parties, offices, posts, themes and closed days, as far as each side may know of them."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from scheduler.actor import side
from scheduler.dates.closed_days import ClosedDay, Effect
from scheduler.db.work import reading, unit_of_work
from scheduler.errors import BadInput, NotFound
from scheduler.partnerships.queries import (
    closed_days,
    offices,
    partnership,
    partnerships,
    posts,
    require_side,
    themes,
)
from scheduler.partnerships.tables import ClosedDayRow
from scheduler.programmes.loading import SHIPPED
from tests.builders import NL, NOW, OPERATOR, PARTNERSHIP, SMALL, UK, US, load_files, refusal

FIRST, LAST = date(2027, 2, 20), date(2027, 2, 28)


@pytest.fixture
def house(engine: Engine) -> Engine:
    load_files(engine, SMALL, SHIPPED / "nl_us.yaml")
    return engine


def test_each_side_knows_the_partnerships_it_is_a_party_to(house: Engine) -> None:
    known = {}
    for actor in (UK, NL, US, OPERATOR):
        with reading(house, actor, NOW) as work:
            known[actor.party] = {
                facts.key: [party.key for party in facts.parties] for facts in partnerships(work)
            }
    both = {"nl-us": ["nl", "us"], "uk-nl": ["uk", "nl"]}
    assert known == {"uk": {"uk-nl": ["uk", "nl"]}, "nl": both, "us": {"nl-us": ["nl", "us"]}, None: both}


def test_a_partnership_of_others_and_none_are_refused_alike(house: Engine) -> None:
    with reading(house, US, NOW) as work:
        assert [refusal(NotFound, partnership, work, key) for key in ("uk-nl", "fr-us")] == [
            "there is no partnership 'uk-nl' (`dialogues partnerships` lists them)",
            "there is no partnership 'fr-us' (`dialogues partnerships` lists them)",
        ]


def test_a_partnership_knows_its_parties(house: Engine) -> None:
    with reading(house, UK, NOW) as work:
        facts = partnership(work, PARTNERSHIP)
    london = facts.party("uk")
    assert (london.zone, london.holiday_country, london.holiday_subdivision) == ("Europe/London", "GB", "ENG")
    assert (london.office_from, london.office_until, london.basis) == (
        "09:00",
        "17:00",
        {"office_hours": "assumed"},
    )
    assert refusal(NotFound, facts.party, "us") == "us is no party to uk-nl"


def test_a_partnership_lists_only_what_it_names(house: Engine) -> None:
    """The Netherlands has one Ministry of Foreign Affairs, of which each partnership names other posts."""
    with reading(house, NL, NOW) as work:
        named = {
            key: (
                [office.key for office in offices(work, key)],
                [post.reference for post in posts(work, key)],
            )
            for key in ("uk-nl", "nl-us")
        }
    assert named == {
        "uk-nl": (["fcdo", "bz"], ["uk/director", "nl/director"]),
        "nl-us": (
            ["bz", "state"],
            [
                "nl/minister-of-foreign-affairs",
                "nl/minister-of-foreign-affairs-private-office",
                "us/secretary-of-state",
            ],
        ),
    }


def test_posts_of_another_partnership_are_not_seen(house: Engine) -> None:
    with reading(house, UK, NOW) as work:
        assert (offices(work, "nl-us"), posts(work, "nl-us"), themes(work, "nl-us")) == ((), (), ())


def test_themes_come_in_the_order_of_the_document(house: Engine) -> None:
    with reading(house, US, NOW) as work:
        assert [(theme.key, theme.position, theme.leads) for theme in themes(work, "nl-us")] == [
            (f"US-T{number}", number - 1, {"nl": "bz", "us": "state"}) for number in (1, 2, 3)
        ]


def test_closed_days_that_touch_a_stretch(house: Engine) -> None:
    stretches = {
        (date(2027, 2, 1), FIRST - timedelta(1)): 0,
        (date(2027, 2, 1), FIRST): 1,
        (date(2027, 2, 22), date(2027, 2, 23)): 1,
        (LAST, date(2027, 3, 5)): 1,
        (LAST + timedelta(1), date(2027, 3, 5)): 0,
        (date(2027, 1, 1), date(2027, 12, 31)): 1,
    }
    with reading(house, UK, NOW) as work:
        found = {(first, last): len(closed_days(work, PARTNERSHIP, first, last)) for first, last in stretches}
    assert found == stretches


def test_a_side_closes_days_for_itself_alone(house: Engine) -> None:
    with unit_of_work(house, UK, NOW) as work:
        work.session.add(
            ClosedDayRow(
                partnership=PARTNERSHIP,
                party="uk",
                title={"en": "Secretary of State away"},
                first=FIRST,
                last=FIRST,
                effect="forbids",
                levels=[],
                offices=["fcdo"],
                kind="absence",
                source="private office",
                basis="stated",
            )
        )
    seen = {}
    for actor in (UK, NL):
        with reading(house, actor, NOW) as work:
            seen[actor.party] = closed_days(work, PARTNERSHIP, FIRST, LAST)
    recess = ClosedDay(
        party="nl",
        first=FIRST,
        last=LAST,
        title={"en": "Recess", "nl": "Reces"},
        effect=Effect.COSTS,
        kind="recess",
        source="invented",
        basis="assumed",
        levels=frozenset({"ministerial"}),
    )
    absence = ClosedDay(
        party="uk",
        first=FIRST,
        last=FIRST,
        title={"en": "Secretary of State away"},
        effect=Effect.FORBIDS,
        kind="absence",
        source="private office",
        basis="stated",
        offices=frozenset({"fcdo"}),
    )
    assert seen == {"uk": (recess, absence), "nl": (recess,)}


def test_a_side_that_does_not_exist_is_named(house: Engine) -> None:
    with reading(house, side("fr", "fr desk"), NOW) as work:
        assert refusal(BadInput, require_side, work, place="--as") == (
            "--as: there is no side 'fr' (one of nl, uk, us)"
        )


def test_without_a_programme_there_are_no_sides(engine: Engine) -> None:
    with reading(engine, UK, NOW) as work:
        assert refusal(BadInput, require_side, work, place="--as") == (
            "--as: there is no side 'uk' (load a programme first: `dialogues load FILE`)"
        )
