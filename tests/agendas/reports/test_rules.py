"""What the report says of each obligation and each commitment: one class each, with its reason."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendas.rendering.formats import render
from agendas.reports.paper import compose
from agendas.reports.rules import (
    Ahead,
    Claim,
    Entry,
    Facts,
    Kept,
    Promised,
    SkipAgreed,
    Stands,
    kept,
    report,
    stands,
)

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
SOURCE = {"en": "Statement (S)", "nl": "Verklaring (S)"}
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def promised(key: str = "R1", **values: object) -> Promised:
    plain = Promised(
        key, {"en": key}, "annual", SOURCE, date(2025, 12, 3), None, (), date(2026, 12, 3), None, ()
    )
    return replace(plain, **values)  # type: ignore[arg-type]


def entry(key: str = "C1", **values: object) -> Entry:
    plain = Entry(key, "T1", {"en": f"Do {key}."}, "action", "will", "open", SOURCE, since=date(2025, 12, 3))
    return replace(plain, **values)  # type: ignore[arg-type]


def claim(day: date | None) -> Claim:
    return Claim(day, {"en": "Something was done."}, SOURCE)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"held": (claim(date(2026, 3, 24)),), "agreed_for": date(2027, 3, 1)}, Kept.HELD),
        ({"held": (claim(date(2025, 3, 24)),), "agreed_for": date(2027, 3, 1)}, Kept.DATED),
        ({"held": (claim(date(2025, 3, 24)),)}, Kept.UNDATED),
        ({"due": None}, Kept.NO_INTERVAL),
        ({"in_force_from": date(2027, 1, 1)}, Kept.NOT_IN_FORCE),
        ({"in_force_until": date(2025, 12, 31)}, Kept.NOT_IN_FORCE),
    ],
)
def test_an_obligation_has_one_class(values: dict[str, Any], expected: Kept) -> None:
    assert kept(promised(**values), FIRST, LAST) is expected


@pytest.mark.parametrize(
    ("values", "expected", "because"),
    [
        ({"status": "delivered", "decided_on": date(2026, 5, 1)}, Stands.DELIVERED, "Recorded as delivered"),
        ({"status": "dropped", "decided_on": date(2026, 5, 1)}, Stands.CLOSED, "Dropped by both sides"),
        ({"due": date(2026, 6, 1)}, Stands.SLIPPED, "Due on 1 June 2026, not delivered"),
        ({"status": "blocked", "notes": (claim(date(2026, 6, 1)),)}, Stands.SLIPPED, "Blocked"),
        ({"notes": (claim(date(2026, 6, 1)),)}, Stands.ON_TRACK, "Progress reported in this year"),
        ({"notes": (claim(date(2025, 6, 1)),)}, Stands.NO_NEWS, "Nothing since 1 June 2025"),
        ({"due": LAST}, Stands.NO_NEWS, "Nothing on record"),
        # What was decided after the last day is still open on it.
        ({"status": "delivered", "decided_on": date(2027, 1, 1)}, Stands.NO_NEWS, "Nothing on record"),
    ],
)
def test_a_commitment_has_one_class_and_a_reason(
    values: dict[str, Any], expected: Stands, because: str
) -> None:
    found = stands(entry(**values), FIRST, LAST)
    assert found is not None
    assert (found[0], found[1]["en"]) == (expected, because)


def test_what_was_closed_before_or_promised_after_is_in_another_report() -> None:
    assert stands(entry(status="delivered", decided_on=date(2025, 5, 1)), FIRST, LAST) is None
    assert stands(entry(since=date(2027, 1, 1)), FIRST, LAST) is None


def test_the_gap_is_told_in_days() -> None:
    soc = promised(held=(claim(date(2025, 1, 29)), claim(date(2026, 3, 24))))
    never = promised("R2")
    old = promised("R3", held=(claim(date(2023, 12, 7)),))
    lines = report(Facts(FIRST, LAST, (soc, never, old), (), ())).obligations
    assert [line.gap["en"] for line in lines] == [
        "419 days after the round of 29 January 2025",
        "No round on record",
        "1120 days since the round of 7 December 2023",
    ]


def test_a_round_on_the_day_of_the_report_is_no_days_ago_and_one_day_is_one() -> None:
    today = promised("R1", held=(claim(LAST),))
    yesterday = promised("R2", held=(claim(date(2026, 12, 30)),))
    twice = promised("R3", held=(claim(date(2026, 5, 1)), claim(date(2026, 5, 2))))
    gaps = [line.gap for line in report(Facts(FIRST, LAST, (today, yesterday, twice), (), ())).obligations]
    assert gaps == [
        {"en": "No earlier round on record", "nl": "Geen eerdere ronde bekend"},
        {
            "en": "1 day since the round of 30 December 2026",
            "nl": "1 dag sinds de ronde van 30 december 2026",
        },
        {"en": "1 day after the round of 1 May 2026", "nl": "1 dag na de ronde van 1 mei 2026"},
    ]


def test_what_is_asked_follows_from_what_is_open() -> None:
    facts = Facts(
        FIRST,
        LAST,
        (
            promised("R1"),
            promised("R2", agreed_for=date(2027, 2, 1)),
            promised("R3", due=None, wants_interval=True),
            promised("R4", due=None),
        ),
        (("T1", {"en": "Theme"}),),
        (entry("C1", due=date(2026, 6, 1)), entry("C2"), entry("C3", kind="political_position")),
    )
    assert [(asked.text["nl"][:20], [key for key, _ in asked.about]) for asked in report(facts).asked] == [
        ("Beslis over wat acht", ["C1"]),
        ("Laat een datum afspr", ["R1"]),
        ("Vraag de verantwoord", ["C2"]),
        ("Bepaal hoe vaak deze", ["R3"]),
    ]


def test_the_next_twelve_months_are_in_order_and_name_a_round_once() -> None:
    facts = Facts(
        FIRST,
        LAST,
        (promised("R1", due=date(2027, 5, 1)), promised("R2", due=date(2027, 2, 1)), promised("R3")),
        (("T1", {"en": "Theme"}),),
        (entry("C1", due=date(2027, 1, 15)),),
        rounds_ahead=(Ahead(date(2027, 3, 1), "agreed", "R1", {"en": "R1"}),),
    )
    assert [(ahead.key, ahead.kind) for ahead in report(facts).ahead] == [
        ("R3", "overdue"),
        ("C1", "commitment"),
        ("R2", "due"),
        ("R1", "agreed"),
    ]


def test_skips_and_initiatives_are_those_of_the_year() -> None:
    within = SkipAgreed("R1", {"en": "R1"}, date(2026, 3, 1), "Election", date(2026, 2, 1))
    facts = Facts(
        FIRST,
        LAST,
        (),
        (("T1", {"en": "Theme"}),),
        (
            entry("C1", is_founding=False, since=date(2026, 3, 24)),
            entry("C2", since=date(2026, 3, 24)),
            entry("C3", is_founding=False, since=date(2025, 3, 24)),
        ),
        (within, replace(within, agreed_on=date(2025, 2, 1))),
    )
    made = report(facts)
    assert (made.skips, [one.key for one in made.initiatives]) == ((within,), ["C1"])


ENTRIES = st.builds(
    entry,
    st.integers(0, 999).map(lambda number: f"C{number}"),
    status=st.sampled_from(["open", "in_progress", "blocked", "delivered", "merged", "dropped"]),
    due=st.none() | DAYS,
    since=st.none() | DAYS,
    decided_on=st.none() | DAYS,
    notes=st.lists(DAYS, max_size=3).map(lambda days: tuple(claim(day) for day in sorted(days))),
    silences=st.sampled_from([(), (claim(None),)]),
)
OBLIGATIONS = st.builds(
    promised,
    st.integers(0, 99).map(lambda number: f"R{number}"),
    in_force_from=DAYS,
    in_force_until=st.none() | DAYS,
    held=st.lists(DAYS, max_size=3).map(lambda days: tuple(claim(day) for day in sorted(days))),
    due=st.none() | DAYS,
    agreed_for=st.none() | DAYS,
)


@given(st.lists(OBLIGATIONS, max_size=8), st.lists(ENTRIES, max_size=12))
def test_every_obligation_and_every_open_commitment_stands_in_exactly_one_class(
    obligations: list[Promised], entries: list[Entry]
) -> None:
    facts = Facts(FIRST, LAST, tuple(obligations), (("T1", {"en": "Theme"}),), tuple(entries))
    made = report(facts)
    assert Counter(line.promised.key for line in made.obligations) == Counter(one.key for one in obligations)
    in_it = Counter(line.entry.key for line in made.commitments)
    still_open = Counter(
        one.key
        for one in entries
        if one.status in ("open", "in_progress", "blocked") and not (one.since and one.since > LAST)
    )
    assert still_open <= in_it <= Counter(one.key for one in entries)
    assert all(line.because["en"] and line.because["nl"] for line in made.commitments)
    assert report(facts) == made


def test_the_same_facts_give_the_same_bytes() -> None:
    facts = Facts(
        FIRST,
        LAST,
        (promised(),),
        (("T1", {"en": "Theme"}),),
        (entry(notes=(claim(FIRST + timedelta(30)),)),),
    )
    for form in ("docx", "pdf", "html", "md"):
        twice = [
            render(compose(report(facts), {"en": "A–B"}, (), (), "nl", marking="OFFICIAL"), form)
            for _ in range(2)
        ]
        assert twice[0] == twice[1]
