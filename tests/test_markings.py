import pytest

from scheduler.errors import BadInput
from scheduler.markings import Markings, combined, higher, permitted, raised, unmarked

HERE = Markings(("OFFICIAL", "OFFICIAL-SENSITIVE"), ("SECRET", "TOP SECRET"))
THERE = Markings(("ongerubriceerd", "Departementaal Vertrouwelijk"), ("Stg. Confidentieel", "Stg. Geheim"))
ELSEWHERE = Markings(("UNCLASSIFIED",), ("CONFIDENTIAL",))
UNKNOWN = Markings()


@pytest.mark.parametrize(
    ("given", "markings", "kept"),
    [
        ("OFFICIAL", HERE, "OFFICIAL"),
        ("official sensitive", HERE, "OFFICIAL-SENSITIVE"),
        ("departementaal  vertrouwelijk", THERE, "Departementaal Vertrouwelijk"),
        ("Ongerubriceerd", THERE, "ongerubriceerd"),
        ("", HERE, ""),
        ("  ", HERE, ""),
        ("RESTREINT", UNKNOWN, "RESTREINT"),
    ],
)
def test_a_marking_is_kept_as_its_originator_writes_it(given: str, markings: Markings, kept: str) -> None:
    assert permitted(given, markings, "MARKING") == kept


@pytest.mark.parametrize(
    "given",
    [
        "SECRET", "secret", "Top Secret", "TOP-SECRET", "T.O.P. S.E.C.R.E.T", "S E C R E T", "UK SECRET", "Stg. Geheim",
        "STG GEHEIM", "stg.zeer geheim", "STG-C", "Stg. CONFIDENTIEEL", "\uff33\uff25\uff23\uff32\uff25\uff34",
        "OFFICIAL / SECRET",
        "ZEER GEHEIM", "SECRET-OFFICIAL",
    ],
)  # fmt: skip
@pytest.mark.parametrize("markings", [HERE, THERE, UNKNOWN])
def test_what_goes_too_high_is_refused_however_it_is_written(given: str, markings: Markings) -> None:
    with pytest.raises(BadInput) as refused:
        permitted(given, markings, "--marking")
    assert (refused.value.message["en"], refused.value.place) == (
        f"{given!r} may not be handled here",
        "--marking",
    )


def test_a_programme_may_refuse_more_and_never_less() -> None:
    with pytest.raises(BadInput, match="may not be handled here"):
        permitted("US Confidential", ELSEWHERE, "MARKING")
    with pytest.raises(BadInput, match="may not be handled here"):
        permitted("SECRET", Markings(("SECRET",), ()), "MARKING")


def test_a_marking_of_another_is_not_taken_for_ones_own() -> None:
    with pytest.raises(BadInput) as refused:
        permitted("Departementaal Vertrouwelijk", HERE, "MARKING")
    assert str(refused.value) == (
        "MARKING: 'Departementaal Vertrouwelijk' is no marking that is used here"
        " (one of OFFICIAL or OFFICIAL-SENSITIVE)"
    )


@pytest.mark.parametrize(
    "title",
    [
        "SECRET", "Secret: visit", "Visit – SECRET", "Visit (secret)", "TOP SECRET visit", "VISIT TOP SECRET",
        "S E C R E T visit",
        "S.E.C.R.E.T. visit", "Bezoek stg. geheim", "STG-C bezoek", "Bezoek [Geheim]", "ZEER GEHEIM bezoek",
        "Visit. Secret",
    ],
)  # fmt: skip
def test_a_title_that_bears_a_level_too_high_is_refused(title: str) -> None:
    with pytest.raises(BadInput) as refused:
        unmarked(title, "title")
    assert refused.value.place == "title"


@pytest.mark.parametrize(
    "title",
    [
        "Secretariat meeting",
        "The trade in secret goods",
        "Open secrets",
        "Geheime diensten",
        "Serious crime",
        "SECRETARIAT",
    ],
)
def test_words_that_only_look_like_a_level_are_words(title: str) -> None:
    assert unmarked(title, "title") == title


def test_a_title_is_measured_by_the_levels_of_the_programme_too() -> None:
    with pytest.raises(BadInput, match="a title may not bear 'CONFIDENTIAL'"):
        unmarked("Visit – Confidential", "title", ELSEWHERE.refused)
    assert unmarked("Confidential hotlines", "title", ELSEWHERE.refused) == "Confidential hotlines"


def test_two_originators_stand_side_by_side_each_as_written() -> None:
    both = ("OFFICIAL-SENSITIVE", "", "Departementaal Vertrouwelijk", "OFFICIAL-SENSITIVE")
    assert combined(both) == "OFFICIAL-SENSITIVE · Departementaal Vertrouwelijk"
    assert combined(()) == ""


def test_a_document_bears_the_marking_of_the_installation_or_a_higher_one() -> None:
    assert raised("", "OFFICIAL", HERE, "--marking") == "OFFICIAL"
    assert raised("official-sensitive", "OFFICIAL", HERE, "--marking") == "OFFICIAL-SENSITIVE"
    assert raised("official", "", HERE, "--marking") == "OFFICIAL"
    assert raised("", "", HERE, "--marking") == ""


def test_a_document_is_never_marked_lower_than_the_installation() -> None:
    with pytest.raises(BadInput) as refused:
        raised("OFFICIAL", "OFFICIAL-SENSITIVE", HERE, "--marking")
    assert str(refused.value) == (
        "--marking: 'OFFICIAL' is lower than 'OFFICIAL-SENSITIVE', which every document here bears "
        "(leave it out, or give OFFICIAL-SENSITIVE)"
    )


def test_the_marking_of_another_originator_stays_beside_ones_own_and_is_not_translated() -> None:
    asked = "Departementaal Vertrouwelijk"
    assert raised(asked, "OFFICIAL", THERE, "--marking") == f"OFFICIAL · {asked}"


@pytest.mark.parametrize("given", ["SECRET", "Stg. Geheim", "TOP SECRET"])
def test_a_single_document_cannot_be_marked_too_high_either(given: str) -> None:
    with pytest.raises(BadInput):
        raised(given, "OFFICIAL", HERE, "--marking")


def test_what_may_be_chosen_for_a_document_lies_above_the_floor() -> None:
    assert higher("Official", HERE) == ("OFFICIAL-SENSITIVE",)
    assert higher("OFFICIAL-SENSITIVE", HERE) == ()
    assert higher("OFFICIAL", THERE) == THERE.allowed
    assert higher("", HERE) == HERE.allowed
