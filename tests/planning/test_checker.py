from dataclasses import replace
from datetime import date

import pytest

from scheduler.planning.checker import check
from scheduler.planning.rules import RULES
from tests.planning.faults import FIRST_OF_TWO, HARD_FAULTS, MAY_11, Fault, closed, planned
from tests.planning.faults_of_prices import PRICE_FAULTS
from tests.planning.instances import MAY_4, a_problem, a_round, a_series

FAULTS = {**HARD_FAULTS, **PRICE_FAULTS}


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        pytest.param(rule, fault, id=f"{rule}: {fault.__name__}")
        for rule, faults in FAULTS.items()
        for fault in faults
    ],
)
def test_a_broken_rule_is_named_and_no_other(rule: str, fault: Fault) -> None:
    problem, plan = fault()
    assert {violation.rule for violation in check(problem, plan)} == {rule}


def test_every_rule_has_a_fault() -> None:
    assert sorted(FAULTS) == sorted(rule.name for rule in RULES)


@pytest.mark.parametrize("day", [MAY_4, MAY_11, date(2027, 5, 7), date(2027, 8, 5)])
def test_an_honest_account_is_right(day: date) -> None:
    assert check(*planned(a_problem(minimums=(FIRST_OF_TWO,)), A=day)) == ()


def test_a_violation_names_round_day_and_sentence_in_both_languages() -> None:
    (violation,) = check(*closed())
    assert (violation.round, violation.day) == ("A/2027-1", MAY_4)
    assert violation.sentence == {
        "en": "Tuesday 4 May 2027 is closed (uk): Leave (a table)",
        "nl": "dinsdag 4 mei 2027 is gesloten (uk): Verlof (a table)",
    }


def test_a_minimum_met_by_the_rounds_it_counts_is_no_breach() -> None:
    umbrella = replace(FIRST_OF_TWO, obligation="U", counts=("U", "A", "B"))
    problem = a_problem(
        a_series("A"), a_series("B"), rounds=(a_round("A"), a_round("B")), minimums=(umbrella,)
    )
    problem = replace(problem, series=(*problem.series, a_series("U", covers=("A", "B"))))
    assert check(*planned(problem, A=MAY_4, B=MAY_11)) == ()
