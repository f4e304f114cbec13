"""Who holds a post from when until when, whose business that is, and what follows for letters."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from scheduler.actor import Actor
from scheduler.db.work import reading, unit_of_work
from scheduler.errors import BadInput, Conflict, NotFound
from scheduler.partnerships.holders.actions import Term, record_told, remove_holder, set_holder
from scheduler.partnerships.holders.queries import handovers, holders
from scheduler.partnerships.holders.rules import Handover, Holder, handover_on, holder_on
from scheduler.partnerships.queries import posts
from scheduler.programmes.loading import SHIPPED, export, load
from tests.builders import NL, NOW, OPERATOR, SECTIONS, TODAY, UK, load_files, programme, refusal

POST = "director-organised-crime"
DAY = timedelta(days=1)


def mailbox(engine: Engine, actor: Actor, post: str, at: datetime = NOW) -> str | None:
    with reading(engine, actor, at) as work:
        return next(entry.mailbox for entry in posts(work, "uk-nl") if entry.reference == post)


def say(engine: Engine, actor: Actor, first: date, *, at: datetime = NOW, **term: object) -> None:
    with unit_of_work(engine, actor, at) as work:
        set_holder(work, "uk-nl", POST, Term(first=first, **term))  # type: ignore[arg-type]


def changed(engine: Engine, actor: Actor, at: datetime = NOW) -> list[Handover]:
    with reading(engine, actor, at) as work:
        return list(handovers(work, "uk-nl"))


@pytest.fixture
def loaded(engine: Engine) -> Engine:
    load_files(engine, SHIPPED / "uk_nl.yaml")
    return engine


def test_letters_go_to_whoever_holds_the_post_that_day(loaded: Engine) -> None:
    of_post = mailbox(loaded, UK, f"uk/{POST}")
    say(loaded, UK, TODAY + 7 * DAY, mailbox="new@uk.example", last=TODAY + 20 * DAY, language="nl")
    assert mailbox(loaded, UK, f"uk/{POST}") == of_post
    assert mailbox(loaded, UK, f"uk/{POST}", NOW + 6 * DAY) == of_post
    assert mailbox(loaded, UK, f"uk/{POST}", NOW + 7 * DAY) == "new@uk.example"
    assert mailbox(loaded, UK, f"uk/{POST}", NOW + 20 * DAY) == "new@uk.example"
    assert mailbox(loaded, UK, f"uk/{POST}", NOW + 21 * DAY) == of_post
    with reading(loaded, UK, NOW + 7 * DAY) as work:
        (post,) = [entry for entry in posts(work, "uk-nl") if entry.reference == f"uk/{POST}"]
        assert post.language == "nl"


def test_the_day_begins_where_the_post_is(loaded: Engine) -> None:
    say(loaded, NL, TODAY + DAY, mailbox="nieuw@nl.example")
    an_hour_before_london = datetime(TODAY.year, TODAY.month, TODAY.day, 23, 30, tzinfo=UTC)
    assert mailbox(loaded, NL, f"nl/{POST}", an_hour_before_london) == "nieuw@nl.example"
    assert mailbox(loaded, NL, f"nl/{POST}", an_hour_before_london - DAY / 24) != "nieuw@nl.example"


def test_what_a_side_says_of_its_posts_the_other_side_does_not_see(loaded: Engine) -> None:
    before = mailbox(loaded, NL, f"uk/{POST}")
    say(loaded, UK, TODAY, mailbox="new@uk.example")
    assert mailbox(loaded, UK, f"uk/{POST}") == "new@uk.example"
    for stranger in (NL, OPERATOR):
        assert mailbox(loaded, stranger, f"uk/{POST}") == before
        assert changed(loaded, stranger) == []
        with reading(loaded, stranger, NOW) as work:
            assert holders(work, "uk-nl") == {}
    with unit_of_work(loaded, NL, NOW) as work:
        refusal(NotFound, remove_holder, work, "uk-nl", POST, TODAY)
    for side in (UK, NL):
        with unit_of_work(loaded, side, NOW) as work:
            assert "new@uk.example" not in export(work, "uk-nl", SECTIONS)


def test_a_newcomer_waits_until_somebody_says_that_he_was_told(loaded: Engine) -> None:
    with unit_of_work(loaded, UK, NOW) as work:
        refusal(Conflict, record_told, work, "uk-nl", POST)
    say(loaded, UK, TODAY - 400 * DAY, mailbox="old@uk.example")
    assert changed(loaded, UK) == []  # known late, and nobody was there before
    say(loaded, UK, TODAY + DAY, mailbox="new@uk.example")
    assert changed(loaded, UK) == []
    (waits,) = changed(loaded, UK, NOW + DAY)
    assert waits.before
    assert (waits.holder.mailbox, waits.before.mailbox, waits.told_by) == (
        "new@uk.example",
        "old@uk.example",
        None,
    )
    with unit_of_work(loaded, UK, NOW + DAY) as work:
        record_told(work, "uk-nl", POST)
        refusal(Conflict, record_told, work, "uk-nl", POST)
    (told,) = changed(loaded, UK, NOW + DAY)
    assert (told.told_by, told.told_at) == (UK.name, NOW + DAY)


@pytest.mark.parametrize(
    "term",
    [
        {"last": TODAY - DAY},
        {"mailbox": "nobody"},
        {"mailbox": "a@b.example\r\nBcc: c@d.example"},
        {"mailbox": "a@b.example, c@d.example"},
        {"language": "fr"},
    ],
)
def test_what_cannot_be_is_refused(loaded: Engine, term: dict[str, object]) -> None:
    with unit_of_work(loaded, UK, NOW) as work:
        refusal(BadInput, set_holder, work, "uk-nl", POST, Term(first=TODAY, **term))  # type: ignore[arg-type]


def test_a_post_of_the_other_side_is_not_ones_own(loaded: Engine) -> None:
    with unit_of_work(loaded, UK, NOW) as work:
        refusal(BadInput, set_holder, work, "uk-nl", f"nl/{POST}", Term(first=TODAY))


def test_a_programme_file_names_holders_and_gets_them_back(engine: Engine) -> None:
    file = programme(SHIPPED / "uk_nl.yaml")
    post = next(entry for entry in file["parties"][0]["posts"] if entry["key"] == POST)
    term = {"from": "2026-01-01", "until": None, "mailbox": "of-file@uk.example", "language": "nl"}
    post["holders"] = [term]
    with unit_of_work(engine, OPERATOR, NOW) as work:
        load(work, file, SECTIONS)
    with unit_of_work(engine, OPERATOR, NOW) as work:
        assert [str(entry) for entry in load(work, file, SECTIONS)] == []
        assert "of-file@uk.example" in export(work, "uk-nl", SECTIONS)
    assert mailbox(engine, NL, f"uk/{POST}") == "of-file@uk.example"
    say(engine, UK, date(2026, 1, 1), mailbox="own@uk.example")
    assert mailbox(engine, UK, f"uk/{POST}") == "own@uk.example"
    post["holders"] = []
    with unit_of_work(engine, OPERATOR, NOW) as work:
        load(work, file, SECTIONS)
    assert mailbox(engine, UK, f"uk/{POST}") == "own@uk.example"
    assert mailbox(engine, NL, f"uk/{POST}") != "of-file@uk.example"


TERMS = st.builds(
    lambda first, lasts, is_joint: Holder(
        post="uk/desk",
        first=TODAY + first * DAY,
        last=None if lasts is None else TODAY + (first + lasts) * DAY,
        mailbox=f"{first}-{is_joint}@uk.example",
        language=None,
        is_joint=is_joint,
        set_at=NOW,
        set_by="somebody",
    ),
    st.integers(-9, 9),
    st.none() | st.integers(0, 5),
    st.booleans(),
)


@given(st.lists(TERMS, max_size=5, unique_by=lambda term: (term.first, term.is_joint)), st.integers(-12, 16))
def test_at_most_one_holds_a_post_and_nobody_before_he_came(terms: list[Holder], ahead: int) -> None:
    day = TODAY + ahead * DAY
    found = holder_on(terms, day)
    came = [term.first for term in terms if term.first <= day]
    if found is None:
        latest = [term for term in terms if came and term.first == max(came)]
        assert all(term.last and term.last < day for term in latest if not term.is_joint)
    else:
        assert found.first == max(came)
        assert found.last is None or found.last >= day
    change = handover_on(terms, day)
    assert change is None or change.holder == found
