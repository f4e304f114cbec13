from scheduler.errors import Conflict
from scheduler.planning.requests.rules import FAULT, failure_words, gap_words


def test_how_near_the_cheapest_is_said_in_both_languages() -> None:
    assert gap_words(1250, 1200) == {
        "en": "The best plan so far costs 1250, at most 50 (4.0%) above the cheapest.",
        "nl": "Het beste plan tot nu kost 1250, hooguit 50 (4,0%) boven het goedkoopste.",
    }
    assert gap_words(1200, 1200) == {
        "en": "The plan costs 1200; none can cost less.",
        "nl": "Het plan kost 1200; minder is niet mogelijk.",
    }
    assert gap_words(1_000_000, 999_999)["en"].endswith("at most 1 (0.1%) above the cheapest.")
    assert gap_words(0, 0)["en"] == "The plan costs 0; none can cost less."


def test_a_reader_is_told_what_a_person_can_mend_and_of_a_fault_only_that_it_was_one() -> None:
    words = {"en": "a pin is in the way", "nl": "een vastgezette ronde staat in de weg"}
    assert failure_words(
        Conflict(words, place="A/2027-1", remedy={"en": "release it", "nl": "maak haar los"})
    ) == {
        "en": "A/2027-1: a pin is in the way (release it)",
        "nl": "A/2027-1: een vastgezette ronde staat in de weg (maak haar los)",
    }
    assert failure_words(KeyError("series")) == FAULT
