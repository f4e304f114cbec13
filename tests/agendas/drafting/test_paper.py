from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given, settings

from agendas.drafting.facts import Facts, PreviousRound
from agendas.drafting.paper import compose
from agendas.drafting.rules import draft
from agendas.rendering.document import Bullets, Document, Heading, Paragraph, Table, plain, span
from tests.agendas.drafting.ledgers import facts
from tests.agendas.drafting.soc import commitment, progress, soc_facts, soc_meeting


def paper(given_facts: Facts, language: str = "en", marking: str | None = None) -> Document:
    return compose(draft(given_facts), given_facts, language, marking=marking)


def table(document: Document, layout: str, number: int = 0) -> list[list[str]]:
    tables = [block for block in document.blocks if isinstance(block, Table) and block.layout == layout]
    return [[" / ".join(map(plain, cell)) for cell in row.cells] for row in tables[number].rows]


def headings(document: Document) -> list[str]:
    return [plain(block.text) for block in document.blocks if isinstance(block, Heading)]


def test_the_meeting_is_described_in_english() -> None:
    document = paper(soc_facts(), marking="OFFICIAL")
    assert (document.title, document.marking) == ("Serious and Organised Crime Dialogue", "OFFICIAL")
    assert document.furniture.subtitle == "United Kingdom–Netherlands · Round 5"
    assert (
        document.furniture.footer
        == "Serious and Organised Crime Dialogue · as things stood on 10 February 2027"
    )
    assert table(document, "facts") == [
        ["Date", "Tuesday 23 March 2027"],
        ["Time", "10:00–16:00 London · 11:00–17:00 The Hague† · 6 h†"],
        ["Place", "London"],
        ["Host", "United Kingdom†"],
        ["Level", "Senior officials"],
        ["Obligation", "JS-R05 · annual · Joint Statement (JS), Serious and Organised Crime, paragraph 1"],
        ["Length", "6 hours†"],
        ["Next host", "by turns · set by FCDO"],
        ["Last round", "24 March 2026, round 4"],
        ["Open commitments", "6, all on the agenda"],
    ]


def test_headings_dates_and_cadences_are_dutch_and_source_headings_stay_english() -> None:
    document = paper(soc_facts(), "nl")
    assert (document.marking, document.furniture.kicker) == (None, "Conceptagenda")
    assert table(document, "facts") == [
        ["Datum", "dinsdag 23 maart 2027"],
        ["Tijd", "10:00–16:00 Londen · 11:00–17:00 Den Haag† · 6 u†"],
        ["Plaats", "Londen"],
        ["Gastland", "Verenigd Koninkrijk†"],
        ["Niveau", "Hoogambtelijk"],
        [
            "Verplichting",
            "JS-R05 · jaarlijks · Gezamenlijke verklaring (JS), Serious and Organised Crime, alinea 1",
        ],
        ["Duur", "6 uur†"],
        ["Volgend gastland", "om beurten · vastgelegd door FCDO"],
        ["Vorige ronde", "24 maart 2026, ronde 4"],
        ["Open afspraken", "6, alle op de agenda"],
    ]
    assert headings(document) == [
        "Verloop",
        "Toelichting per punt",
        "3. Actielijst van de vorige ronde",
        "4. Zware criminaliteit",
        "5. Drugssmokkel",
        "6. Illegale vuurwapens",
        "7. Illegale geldstromen",
        "8. Misdaad in detentie",
        "Bronnen",
    ]


def test_the_running_order_gives_times_leads_and_what_is_wanted() -> None:
    assert table(paper(soc_facts()), "running_order") == [
        ["10:00", "1", "Opening", "UK", "", "10"],
        ["10:10", "2", "Adoption of the agenda", "UK", "Decide", "5"],
        ["10:15", "3", "Actions since the last round", "NL", "Note", "20"],
        ["10:35", "4", "Serious and organised crime", "JenV (NL)† · HO (UK)†", "Steer", "30"],
        ["11:05", "", "Break", "", "", "15"],
        ["11:20", "5", "Drug smuggling", "HO (UK)† · JenV (NL)†", "Steer", "45"],
        [
            "12:05",
            "6",
            "Illicit firearms · unchanged since the last agenda",
            "JenV (NL)† · HO (UK)†",
            "Steer",
            "45",
        ],
        ["12:50", "", "Working lunch", "", "", "60"],
        ["13:50", "7", "Illicit financial flows", "HO (UK)† · JenV (NL)†", "Steer", "45"],
        ["14:35", "", "Break", "", "", "15"],
        ["14:50", "8", "Continued offending in detention", "JenV (NL)† · HO (UK)†", "Steer", "45"],
        ["15:35", "9", "Any other business", "NL", "", "10"],
        [
            "15:45",
            "10",
            "Next date and host / due by 23 March 2028 · host: Netherlands†",
            "NL",
            "Decide",
            "5",
        ],
        ["15:50", "11", "Joint readout", "UK", "Decide", "10"],
    ]


def test_each_commitment_says_where_it_stands_and_what_was_said_last() -> None:
    assert table(paper(soc_facts()), "annotations") == [
        [
            "SR-C01 / continue to, continuing cooperation",
            "Words of sr-c01 / Press release (SR)",
            "No news since 24 March 2026",
        ],
        [
            "JS-C27 / explore, action",
            "Words of js-c27 / Joint Statement (JS), Serious and Organised Crime",
            "24 March 2026: News SR-P6 (SR) / No news: No word of Latin America (SR)",
        ],
        [
            "JS-C26 / reaffirm, continuing cooperation",
            "Words of js-c26 / Joint Statement (JS), Serious and Organised Crime",
            "24 March 2026: News SR-P1 (SR) / 24 March 2026: News SR-P2 (SR)",
        ],
    ]


def test_what_is_late_due_or_owned_by_others_says_so() -> None:
    facts = soc_facts(
        topics=(),
        meeting=soc_meeting(minutes=120),
        progress=(progress("O", day=date(2025, 1, 29), commitments=("B",)),),
        commitments=(
            commitment("A", due=date(2027, 1, 1), owners=soc_facts().themes[0].leads[:1]),
            commitment("B", due=date(2027, 9, 1), status="blocked"),
        ),
    )
    rows = table(paper(facts), "annotations")
    assert [row[1] for row in rows] == [
        "Words of a / Overdue since 1 January 2027 / Owners: HO (UK)† / A",
        "Words of b / Due 1 September 2027 / B",
    ]
    assert rows[1][0] == "B / reaffirm, continuing cooperation, blocked"
    assert rows[1][2] == "No news since 24 March 2026 / 29 January 2025: News O (SR) · before the last round"
    counts = "2, all on the agenda · 1 overdue"
    assert table(paper(facts), "facts")[-1] == ["Open commitments", counts]


def test_annexes_name_what_goes_round_in_writing_and_what_is_left_out_with_the_reason() -> None:
    position = commitment("JS-C99", kind="political_position")
    facts = soc_facts(commitments=(*soc_facts().commitments, position), meeting=soc_meeting(minutes=30))
    document = paper(facts)
    reason = "Political position without news since 24 March 2026"
    assert headings(document)[-7:] == [
        "Annex A. Written procedure",
        "Serious and organised crime",
        "Drug smuggling",
        "Continued offending in detention",
        "Annex B. Left out, and why",
        reason,
        "Sources",
    ]
    [left] = [block for block in document.blocks if isinstance(block, Table) and block.caption == reason]
    assert [plain(left.rows[0].cells[0][line]) for line in (0, 1)] == [
        "JS-C99",
        "reaffirm, political position",
    ]


def test_sources_are_dated_as_exactly_as_they_are_and_the_mark_is_told_last() -> None:
    document = paper(soc_facts(), "nl")
    assert table(document, "facts", 1) == [
        ["JS", "Gezamenlijke verklaring over veiligheid, 3 december 2025, niet juridisch bindend"],
        ["SR", "Bericht, maart 2026 · https://gov.example/soc"],
    ]
    assert document.blocks[-1] == Paragraph(
        span("† Geen bron vermeldt dit; wie het beter weet, kan het vastleggen."), quiet=True
    )


def test_an_undated_meeting_has_the_hours_of_its_host_only() -> None:
    document = paper(soc_facts(meeting=soc_meeting(first_day=None)))
    assert table(document, "facts")[:2] == [
        ["Date", "To be agreed"],
        ["Time", "10:00–16:00 (local time of the host)† · 6 h†"],
    ]
    assert table(document, "running_order")[3][0] == "10:35"


def test_a_meeting_without_a_start_counts_from_its_start() -> None:
    document = paper(soc_facts(meeting=soc_meeting(first_day=None, start=None)))
    assert table(document, "facts")[1] == ["Time", "6 h†"]
    assert table(document, "running_order")[3][0] == "0:35"


def test_capitals_on_one_clock_are_named_together() -> None:
    parties = tuple(replace(party, zone="Europe/Paris") for party in soc_facts().parties)
    document = paper(soc_facts(parties=parties, meeting=soc_meeting(zone="Europe/Paris")))
    assert table(document, "facts")[1][1] == "10:00–16:00 London, The Hague† · 6 h†"


def test_a_clock_change_during_a_meeting_moves_the_clock_and_not_the_length() -> None:
    meeting = soc_meeting(first_day=date(2027, 3, 28), start=time(0, 30), minutes=120)
    document = paper(soc_facts(meeting=meeting))
    assert table(document, "facts")[1][1] == "00:30–03:30 London · 01:30–04:30 The Hague† · 2 h†"


def test_a_programme_of_days_has_a_table_for_each() -> None:
    document = paper(soc_facts(meeting=soc_meeting(kind="training", days=2, number=None), topics=()), "nl")
    assert headings(document)[:3] == [
        "Verloop",
        "Dag 1, dinsdag 23 maart 2027",
        "Dag 2, woensdag 24 maart 2027",
    ]
    assert table(document, "facts")[1][1].endswith("6 u per dag, 2 dagen†")
    assert table(document, "running_order", 1)[0][:3] == ["10:00", "6", "Terugblik en programma van de dag"]


@pytest.mark.parametrize("language", ["en", "nl"])
@settings(max_examples=25)
@given(facts)
def test_every_commitment_is_in_the_document_exactly_once(language: str, given_facts: Facts) -> None:
    named = replace(
        given_facts, commitments=tuple(replace(one, same_matter_as=()) for one in given_facts.commitments)
    )
    document = paper(named, language)
    keys = [
        span.text
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows
        for text in row.cells[0]
        for span in text
        if span.style == "key"
    ]
    sources = {source.key for source in named.sources}
    assert sorted(key for key in keys if key not in sources) == sorted(draft(named).commitment_keys())


def test_a_first_round_says_that_none_is_on_record() -> None:
    document = paper(soc_facts(previous=None))
    assert ["Last round", "None on record"] in table(document, "facts")
    assert paper(soc_facts(previous=PreviousRound(date(2026, 3, 24)))).blocks[0] != document.blocks[0]


def test_the_same_draft_gives_the_same_document() -> None:
    assert paper(soc_facts()) == paper(soc_facts())


def test_only_content_items_are_annotated_with_reasons() -> None:
    document = paper(soc_facts())
    quiet = [plain(block.text) for block in document.blocks if isinstance(block, Paragraph) and block.quiet]
    assert quiet[0] == "Theme of this meeting; commitments to treat: 3. Opening by turn: Netherlands."
    assert quiet[-1] == "† No source states this; whoever knows better can set it."
    bullets = [list(map(plain, block.items)) for block in document.blocks if isinstance(block, Bullets)]
    assert bullets[0] == ["24 March 2026: News SR-P5 (SR)"]
