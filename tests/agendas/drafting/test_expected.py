from dataclasses import replace
from datetime import date

from agendas.drafting.facts import Report
from agendas.drafting.rules import draft
from agendas.versions.content import Paper
from tests.agendas.drafting.soc import BOTH, HOME_OFFICE, commitment, soc_facts, soc_meeting

DUE = date(2027, 3, 9)


def test_a_decision_and_a_steer_need_a_paper_from_the_side_that_opens_by_the_day_of_the_level() -> None:
    late, quiet = commitment("A", due=date(2027, 1, 1), owners=(HOME_OFFICE,)), commitment("B")
    facts = soc_facts(topics=(), commitments=(late, quiet), meeting=soc_meeting(papers_due=DUE, minutes=120))
    found = {item.key: item.papers for item in draft(facts).items if item.papers}
    title = {"en": "Decision paper: Serious and organised crime", "nl": "Beslisnota: Zware criminaliteit"}
    [(key, [paper])] = found.items()
    assert (key, paper.side, paper.due) == ("theme/JS-T3", "nl", DUE)
    assert paper.title["en"] == title["en"]
    alone = replace(facts, commitments=(late,))
    assert [item.papers[0].side for item in draft(alone).items if item.papers] == ["uk"]


def test_a_dialogue_that_reports_owes_its_report_and_what_is_only_noted_needs_none() -> None:
    report = Report("JS-R05", {"en": "SOC Dialogue", "nl": "SOC-dialoog"}, (), date(2026, 3, 24), BOTH)
    facts = soc_facts(topics=(), commitments=(), progress=(), reports=(report,))
    assert {item.key: item.papers for item in draft(facts).items if item.papers} == {
        "report/JS-R05": (
            Paper(
                {"en": "Written report: SOC Dialogue", "nl": "Schriftelijk verslag: SOC-dialoog"}, "nl", None
            ),
        )
    }


def test_each_owner_of_what_goes_round_in_writing_owes_an_update() -> None:
    made = draft(soc_facts(meeting=soc_meeting(minutes=30, papers_due=DUE)))
    assert [[(paper.side, paper.due) for paper in item.papers] for item in made.written_procedure] == [
        [("uk", DUE), ("nl", DUE)]
    ] * 3
