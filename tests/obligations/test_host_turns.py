"""Whose turn it is to host: rounds that stand, and what both sides agreed about them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.obligations.consents import Consent
from scheduler.obligations.host_turns import HostedRound, Hosts, HostSwapFacts, whose_turn

CAPITALS = {"uk": {"en": "London", "nl": "Londen"}, "nl": {"en": "The Hague", "nl": "Den Haag"}}
HOSTS = Hosts(("uk", "nl"), CAPITALS, first="nl", basis="assumed")
AGREED = datetime(2027, 3, 1, 9, tzinfo=UTC)
ANSWERED = datetime(2027, 6, 3, 9, tzinfo=UTC)
BOTH = (Consent("nl", "BZ", AGREED), Consent("uk", "FCDO", AGREED))
ROUND_2026 = HostedRound("r2026", date(2026, 5, 4), "uk", held=True)
ROUND_2027 = HostedRound("r2027", date(2027, 5, 4), "uk", held=True)
ROUND_2028 = HostedRound("r2028", date(2028, 5, 4), "nl", held=True)
SWAP = HostSwapFacts(
    obligation="A",
    meeting="r2027",
    layer=None,
    year=2027,
    turn="nl",
    host="uk",
    reason=None,
    consents=BOTH,
    agreed_at=AGREED,
    withdrawn_at=None,
    next=None,
    next_consents=(),
    next_agreed_at=None,
    asks=True,
)
BACK = replace(SWAP, next="nl", next_consents=BOTH, next_agreed_at=ANSWERED)


def test_the_programme_names_the_first_host() -> None:
    found = whose_turn(HOSTS, [], [])
    assert (found.host, found.since, found.debts, found.question) == ("nl", None, (), None)
    assert found.reason == {
        "en": "no host of the last round is on record; the programme names The Hague (assumed)",
        "nl": "de gastheer van de laatste ronde is niet geregistreerd; het programma noemt Den Haag (aangenomen)",
    }


def test_nobody_may_know_whose_turn_it_is() -> None:
    found = whose_turn(replace(HOSTS, first=None), [replace(ROUND_2026, host=None)], [])
    assert (found.host, found.reason["en"]) == (
        None,
        "no host of the last round is on record, and nobody has said whose turn it is",
    )


def test_sides_follow_each_other() -> None:
    held = whose_turn(HOSTS, [ROUND_2026], [])
    assert (held.host, held.since) == ("nl", date(2026, 5, 4))
    assert held.reason == {
        "en": "hosts take turns, and London hosted in 2026",
        "nl": "de zijden zijn om de beurt gastheer, en Londen was dat in 2026",
    }
    to_come = whose_turn(HOSTS, [ROUND_2026, replace(ROUND_2028, held=False)], [])
    assert (to_come.host, to_come.reason["en"]) == ("uk", "hosts take turns, and The Hague hosts in 2028")


def test_the_turn_after_a_round_handed_over_is_asked() -> None:
    found = whose_turn(HOSTS, [ROUND_2026, replace(ROUND_2027, held=False)], [SWAP])
    assert (found.host, found.since, found.question) == (None, date(2027, 5, 4), SWAP)
    assert found.reason == {
        "en": "London hosts in 2027 in place of The Hague; both sides have yet to agree who hosts next",
        "nl": "Londen is in 2027 gastheer in plaats van Den Haag; beide zijden moeten nog overeenkomen wie daarna "
        "gastheer is",
    }


def test_a_turn_that_was_agreed_is_owed_until_it_comes() -> None:
    found = whose_turn(HOSTS, [ROUND_2026, ROUND_2027], [BACK])
    assert (found.host, found.since, found.question) == ("nl", date(2027, 6, 3), None)
    assert found.reason == {
        "en": "London hosted in 2027 in place of The Hague; "
        "both sides agreed on 3 June 2027 that The Hague hosts next",
        "nl": "Londen was in 2027 gastheer in plaats van Den Haag; "
        "beide zijden kwamen op 3 juni 2027 overeen dat Den Haag daarna gastheer is",
    }
    assert [(debt.party, debt.swap) for debt in found.debts] == [("nl", BACK)]
    skipped_over = whose_turn(HOSTS, [ROUND_2027, replace(ROUND_2028, host="uk")], [BACK])
    assert (skipped_over.host, len(skipped_over.debts)) == ("nl", 1)
    paid = whose_turn(HOSTS, [ROUND_2027, ROUND_2028], [BACK])
    assert (paid.host, paid.debts) == ("uk", ())


def test_both_may_agree_that_the_order_stays_as_it_was() -> None:
    found = whose_turn(HOSTS, [ROUND_2027], [replace(BACK, next="uk")])
    assert found.host == "uk"


def test_a_question_is_over_once_another_round_stands() -> None:
    found = whose_turn(HOSTS, [ROUND_2027, ROUND_2028], [SWAP])
    assert (found.host, found.question) == ("uk", None)


def test_the_oldest_debt_comes_first() -> None:
    later = replace(BACK, meeting="r2028", year=2028, turn="uk", host="nl", next="uk")
    rounds = [ROUND_2027, replace(ROUND_2028, meeting="r2028")]
    found = whose_turn(HOSTS, rounds, [later, BACK])
    assert [debt.party for debt in found.debts] == ["uk"]
    both = whose_turn(
        replace(HOSTS, parties=("uk", "nl", "us"), capitals={**CAPITALS, "us": {"en": "Washington"}}),
        [ROUND_2027, replace(ROUND_2028, host="us")],
        [BACK, replace(later, turn="uk", host="us")],
    )
    assert ([debt.party for debt in both.debts], both.host) == (["nl", "uk"], "nl")


@pytest.mark.parametrize(
    ("rounds", "line"),
    [
        ([ROUND_2026], BACK),
        ([ROUND_2026, replace(ROUND_2027, host="nl")], BACK),
        ([ROUND_2026], replace(BACK, withdrawn_at=ANSWERED)),
        ([ROUND_2026], replace(SWAP, agreed_at=None)),
    ],
    ids=["round called off", "host changed again", "withdrawn", "not agreed"],
)
def test_a_line_counts_only_while_its_round_stands_with_its_host(
    rounds: list[HostedRound], line: HostSwapFacts
) -> None:
    assert whose_turn(HOSTS, rounds, [line]) == whose_turn(HOSTS, rounds, [])


@given(
    st.lists(
        st.tuples(st.integers(2020, 2040), st.sampled_from(["uk", "nl"])), unique_by=lambda pair: pair[0]
    )
)
def test_neither_the_order_of_rounds_nor_a_ledger_of_others_matters(found: list[tuple[int, str]]) -> None:
    rounds = [HostedRound(f"m{year}", date(year, 5, 4), host, held=True) for year, host in found]
    turn = whose_turn(HOSTS, rounds, [])
    assert whose_turn(HOSTS, rounds[::-1], [SWAP]) == turn
    if rounds:
        last = max(rounds, key=lambda entry: entry.day)
        assert turn.host == ("nl" if last.host == "uk" else "uk")
