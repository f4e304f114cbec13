from sqlalchemy import Engine

from scheduler.actor import side
from scheduler.db.work import unit_of_work
from scheduler.obligations.actions import set_interval
from scheduler.obligations.queries import obligation
from tests.web.site import TODAY, Visitor

R1 = "/obligations/uk-nl/R1?on=2027-02-01"


def test_the_cadence_stands_as_worded_and_as_a_rule_with_its_source(uk: Visitor) -> None:
    assert uk.get(R1).facts("//section[@aria-labelledby='cadence']") == {
        "As the text says it": "annual",
        "As a rule": "Every year",
        "How we read it": "One in every calendar year.",
        "Source passage": "Joint Statement, Serious and Organised Crime The text says it already exists",
        "In force": "from 3 December 2025",
    }


def test_every_value_that_no_source_states_is_marked(uk: Visitor) -> None:
    assert uk.get(R1).facts("//section[@aria-labelledby='facts']") == {
        "Duration": "6 hours assumed",
        "Starts at": "10:00, host’s time assumed",
        "Window": "January–March, September–October assumed as before",
        "Host": "In turn; next: United Kingdom assumed",
        "Leads assumed": "UK: Home Office NL: Ministry of Justice and Security",
        "Themes": "Serious and organised crime",
    }
    assert uk.get("/obligations/uk-nl/R2").said("//p[@class='eyebrow']") == [
        "R2 · Review · Senior officials assumed"
    ]


def test_why_a_value_was_chosen_is_said_in_the_language_of_the_reader(uk: Visitor, nl: Visitor) -> None:
    """Beside the value, over its mark, and with a relation; nothing English is left on a Dutch page."""
    for reader, why, relation in (
        (uk, "as before", "Supports Annual review its results are reviewed"),
        (nl, "zoals voorheen", "Ondersteunt Jaarlijkse evaluatie de uitkomsten worden besproken"),
    ):
        page = reader.get(R1)
        window = "//section[@aria-labelledby='facts']//dd[span/@title]"
        assert page.said(f"{window}/span[@class='quiet']") == [why]
        assert why in page.values("//section[@aria-labelledby='facts']//span[@class='assumed']/@title")
        assert page.said("//section[@aria-labelledby='relations']//li") == [relation]


def test_how_it_stands_is_told_reason_by_reason(uk: Visitor) -> None:
    assert uk.get(R1).said("//ul[@class='reasons']/li") == [
        "last held 24 March 2026",
        "due 24 March 2027",
        "no date agreed by both sides",
        "save-the-date due since 25 November 2026 (assumed lead time)",
        "red after 24 June 2027",
        "15 months after 24 March 2026",
    ]


def test_past_rounds_topics_and_delegations_are_listed(uk: Visitor) -> None:
    page = uk.get(R1)
    assert page.said("//section[@aria-labelledby='rounds']//li") == [
        "24 March 2026 held Round 4 · Place: not stated No place is named."
    ]
    assert page.said("//section[@aria-labelledby='topics']//li") == ["Illicit firearms"]
    assert page.said("//section[@aria-labelledby='posts']//li") == [
        "Director, Organised Crime chair",
        "Director, Crime chair",
    ]


def test_a_relation_is_shown_from_both_ends(uk: Visitor) -> None:
    relations = "//section[@aria-labelledby='relations']//li"
    assert uk.get(R1).said(relations) == ["Supports Annual review its results are reviewed"]
    assert uk.get("/obligations/uk-nl/R2").said(relations) == ["Is supported by Organised Crime Dialogue"]


def test_an_interval_that_a_person_set_is_shown_as_theirs(uk: Visitor, engine: Engine) -> None:
    """Story 13: nothing is scheduled until somebody sets an interval, and the page says who did."""
    with unit_of_work(engine, side("uk", "UK secretariat"), TODAY) as work:
        set_interval(work, obligation(work, "uk-nl", "R3"), 12, "Head of Training")
    cadence = uk.get("/obligations/uk-nl/R3").facts("//section[@aria-labelledby='cadence']")
    assert cadence["As a rule"] == "Regular (12 months) set by Head of Training"


def test_an_obligation_that_is_not_there_is_not_found(uk: Visitor) -> None:
    assert uk.get("/obligations/uk-nl/R9").status == 404
