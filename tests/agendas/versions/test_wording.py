from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given, settings

from agendas.versions import rules
from agendas.versions.content import LEFT_OUT, Content, Hours, Item, LeftOut, Paper, Place
from agendas.versions.difference import Change, changes
from agendas.versions.merge import DROPPED, GONE, HOURS, RETURNED, SEQUENCE, TREATED, Conflict, merge
from agendas.versions.stored import FIELDS, ORDER, read, written
from agendas.versions.wording import FIELDS as NAMED
from agendas.versions.wording import HOURS as NAMED_HOURS
from agendas.versions.wording import NEW_DRAFT, OTHER_SIDE, Names, say_change, say_conflict, titles
from scheduler.words import Words
from tests.agendas.versions.contents import three

ARMS = Item("theme/T3", "theme", {"en": "Firearms", "nl": "Vuurwapens"}, minutes=20, commitments=("JS-C26",))
DRUGS = Item("topic/x", "topic", {"en": "Drugs", "nl": "Drugs"}, minutes=10)
PORTS = Item("topic/y", "topic", {"en": "Ports", "nl": "Havens"}, minutes=10)
BASE = Content(Hours(60), (ARMS, DRUGS, PORTS))
NAMES = Names(
    sides={"uk": {"en": "UK", "nl": "VK"}, "nl": {"en": "NL", "nl": "NL"}},
    offices={"uk/HO": {"en": "Home Office", "nl": "Home Office"}},
    themes={"T3": {"en": "Organised crime", "nl": "Zware criminaliteit"}},
    items=titles(BASE),
)
LEFT = LeftOut("JS-C26", "deferred", {"en": "no time", "nl": "geen tijd"})


@pytest.mark.parametrize(
    ("after", "english", "dutch"),
    [
        (
            rules.edit(BASE, "theme/T3", minutes=25),
            "The number of minutes of “Firearms” was changed from 20 to 25.",
            "Het aantal minuten van “Vuurwapens” is gewijzigd van 20 in 25.",
        ),
        (
            rules.edit(BASE, "topic/x", title={"en": "Drugs", "nl": "Verdovende middelen"}),
            "The title of “Drugs” was changed from “Drugs” (in Dutch) to “Verdovende middelen” (in Dutch).",
            "De titel van “Drugs” is gewijzigd van “Drugs” in “Verdovende middelen”.",
        ),
        (
            rules.edit(BASE, "topic/x", text={"en": "New\n- words", "nl": "Nieuw"}),
            "The annotation of “Drugs” was changed from nothing to “New - words”.",
            "De toelichting van “Drugs” is gewijzigd van niets in “Nieuw”.",
        ),
        (
            rules.edit(BASE, "topic/x", lead="uk"),
            "The side that opens of “Drugs” was changed from nothing to UK.",
            "De zijde die opent van “Drugs” is gewijzigd van niets in VK.",
        ),
        (
            rules.edit(BASE, "topic/x", wanted="decide"),
            "The wanted result of “Drugs” was changed from nothing to decide.",
            "Het gewenste resultaat van “Drugs” is gewijzigd van niets in besluiten.",
        ),
        (
            rules.edit(BASE, "topic/x", offices=("uk/HO",)),
            "The list of lead offices of “Drugs” was changed from nothing to Home Office.",
            "De lijst van leidende diensten van “Drugs” is gewijzigd van niets in Home Office.",
        ),
        (
            rules.edit(BASE, "topic/x", papers=(Paper({"en": "Note", "nl": "Notitie"}, "uk"),)),
            "The list of papers expected of “Drugs” was changed from nothing to Note (UK).",
            "De lijst van verwachte stukken van “Drugs” is gewijzigd van niets in Notitie (VK).",
        ),
        (
            rules.edit(BASE, "topic/x", papers=(Paper({"en": "Note", "nl": "Notitie"}, "uk", date(2027, 3, 9)),)),
            "The list of papers expected of “Drugs” was changed from nothing to Note (UK, 9 March 2027).",
            "De lijst van verwachte stukken van “Drugs” is gewijzigd van niets in Notitie (VK, 9 maart 2027).",
        ),
        (
            rules.move(BASE, "topic/y", -2),
            "“Ports” was moved before “Firearms”.",
            "“Havens” is verplaatst naar vóór “Vuurwapens”.",
        ),
        (
            rules.move(BASE, "theme/T3", 2),
            "“Firearms” was moved behind “Ports”.",
            "“Vuurwapens” is verplaatst naar na “Havens”.",
        ),
        (
            rules.put(BASE, "JS-C26", "topic/x"),
            "Commitment JS-C26 is now treated under “Drugs”.",
            "Afspraak JS-C26 wordt nu behandeld onder “Drugs”.",
        ),
        (
            rules.put(BASE, "JS-C26", LEFT_OUT, LEFT.because),
            "Commitment JS-C26 is left out: no time.",
            "Afspraak JS-C26 is weggelaten: geen tijd.",
        ),
        (
            replace(BASE, items=(replace(ARMS, commitments=()), DRUGS, PORTS)),
            "Commitment JS-C26 is no longer on the agenda.",
            "Afspraak JS-C26 staat niet meer op de agenda.",
        ),
        (rules.remove(BASE, "topic/x"), "“Drugs” was removed.", "“Drugs” is verwijderd."),
        (
            rules.add(BASE, Item("n", "added", {"en": "Cyber", "nl": "Cyber"})),
            "“Cyber” was added.",
            "“Cyber” is toegevoegd.",
        ),
        (
            rules.drop_theme(BASE, "T3", LEFT.because),
            "The theme “Organised crime” is not treated: no time.",
            "Het thema “Zware criminaliteit” wordt niet behandeld: geen tijd.",
        ),
        (
            replace(BASE, hours=Hours(60, first_day=date(2027, 3, 23))),
            "The date was changed from nothing to 23 March 2027.",
            "De datum is gewijzigd van niets in 23 maart 2027.",
        ),
        (
            replace(BASE, hours=Hours(60, start=time(9, 30))),
            "The hour at which a day starts was changed from nothing to 09:30.",
            "Het uur waarop een dag begint is gewijzigd van niets in 09:30.",
        ),
    ],
    ids=repr,
)  # fmt: skip
def test_a_change_is_said_in_a_sentence(after: Content, english: str, dutch: str) -> None:
    assert told(BASE, after) == [{"en": english, "nl": dutch}]


def test_what_goes_into_writing_says_so_and_why() -> None:
    after = rules.place(BASE, "topic/x", Place.WRITING, LEFT.because)
    assert [words["en"] for words in told(BASE, after)] == [
        "The number of minutes of “Drugs” was changed from 10 to 0.",
        "“Drugs” goes round in writing.",
        "The reason of “Drugs” was changed from nothing to “no time”.",
    ]


@pytest.mark.parametrize(
    ("conflict", "english", "dutch"),
    [
        (
            Conflict("theme/T3", "minutes", 20, 30, 25),
            "You changed the number of minutes of “Firearms” from 20 to 30; the new draft says 25.",
            "U wijzigde het aantal minuten van “Vuurwapens” van 20 in 30; het nieuwe concept zegt 25.",
        ),
        (
            Conflict(ORDER, "host", "uk", "nl", None),
            "You changed the host from UK to NL; the new draft says nothing.",
            "U wijzigde het gastland van VK in NL; het nieuwe concept zegt niets.",
        ),
        (
            Conflict("theme/T3", GONE, ARMS, None, ARMS),
            "You removed “Firearms”; the new draft changed it.",
            "U verwijderde “Vuurwapens”; het nieuwe concept wijzigde het.",
        ),
        (
            Conflict("theme/T3", RETURNED, DRUGS, ARMS, None),
            "The new draft took “Firearms” off the agenda. It still stands: you treat JS-C26 there.",
            "Het nieuwe concept haalde “Vuurwapens” van de agenda. Het staat er nog: u behandelt er JS-C26.",
        ),
        (
            Conflict("JS-C26", TREATED, "theme/T3", "topic/x", LEFT),
            "Commitment JS-C26: yours is “under Drugs”; the new draft says “left out: no time”.",
            "Afspraak JS-C26: bij u “onder Drugs”; het nieuwe concept zegt “weggelaten: geen tijd”.",
        ),
        (
            Conflict(ORDER, SEQUENCE, [], ["topic/x", "topic/y"], ["topic/y", "topic/x"]),
            "You and the new draft put items in different orders: “Drugs”, “Ports” or “Ports”, “Drugs”.",
            "U en het nieuwe concept hebben elk een andere volgorde: “Drugs”, “Havens” of “Havens”, “Drugs”.",
        ),
        (
            Conflict("T3", DROPPED, None, {"en": "done", "nl": "klaar"}, None),
            "The theme “Organised crime”: yours is “not treated: done”; the new draft says “treated”.",
            "Het thema “Zware criminaliteit”: bij u “niet behandeld: klaar”; het nieuwe concept zegt “behandeld”.",
        ),
    ],
    ids=repr,
)  # fmt: skip
def test_a_conflict_is_said_in_a_sentence_also_as_it_comes_from_the_database(
    conflict: Conflict, english: str, dutch: str
) -> None:
    assert say_conflict(conflict, NAMES, NEW_DRAFT) == {"en": english, "nl": dutch}
    assert say_conflict(read(Conflict, written(conflict)), NAMES, NEW_DRAFT) == {"en": english, "nl": dutch}


def test_every_field_has_a_name() -> None:
    assert (tuple(NAMED), set(NAMED_HOURS)) == (FIELDS, set(HOURS))


@settings(max_examples=60)
@given(three())
def test_every_difference_and_every_conflict_can_be_said_in_both_languages_without_a_key(
    versions: tuple[Content, Content, Content],
) -> None:
    base, ours, _ = versions
    merged = merge(*versions)
    names = replace(NAMES, items=titles(*versions), themes={key: {"en": "A theme"} for key in ("T1", "T2")})
    said = [words for change in changes(base, ours) for words in say_change(change, names)]
    said += [say_conflict(conflict, names, OTHER_SIDE) for conflict in merged.conflicts]
    for words in said:
        assert sorted(words) == ["en", "nl"]
        assert [text for text in words.values() if "item-" in text or "{" in text] == []


def told(before: Content, after: Content) -> list[Words]:
    found: list[Change] = list(changes(before, after))
    return [words for change in found for words in say_change(change, NAMES)]
