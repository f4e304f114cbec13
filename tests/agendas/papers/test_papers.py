import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from agendas.papers import agenda, annotated, covering, pack, record
from agendas.papers import model as m
from agendas.rendering.document import (
    Bullets,
    Cell,
    Document,
    Heading,
    Paragraph,
    Table,
    plain,
)
from agendas.rendering.formats import FORMATS, Format, render
from scheduler.errors import BadInput
from tests.agendas.papers.round import AGENDA, BRIEF, MEETING, NORTH, NOTE, PACK, RECORD, SOUTH, THEME

MARKING = "OFFICIAL-SENSITIVE · Departementaal Vertrouwelijk"
KINDS: dict[str, Callable[[str], Document]] = {
    "agenda": lambda language: agenda.compose(AGENDA, language, marking=MARKING),
    "annotated": lambda language: annotated.compose(AGENDA, NORTH, PACK.briefs, language, marking=MARKING),
    "briefing": lambda language: pack.compose(PACK, language, marking=MARKING),
    "record": lambda language: record.compose(RECORD, language, marking=MARKING),
    "note": lambda language: covering.compose(NOTE, language, marking=MARKING),
}
THANKS = "Grateful for the exchange in February."
every_kind = pytest.mark.parametrize("kind", KINDS)
every_format = pytest.mark.parametrize("form", FORMATS)


def words(document: Document) -> list[str]:
    """Return every paragraph, wherever it stands."""
    found = [document.furniture.kicker]
    for block in document.blocks:
        match block:
            case Heading():
                found += [plain(block.text), plain(block.aside)]
            case Paragraph():
                found.append(plain(block.text))
            case Bullets():
                found += map(plain, block.items)
            case Table():
                found += block.header
                found += [plain(text) for row in block.rows for cell in row.cells for text in cell]
    return [text for text in found if text]


def table(document: Document, caption: str) -> list[list[str]]:
    (found,) = [block for block in document.blocks if isinstance(block, Table) and block.caption == caption]
    return [[said(cell) for cell in row.cells] for row in found.rows]


def said(cell: Cell) -> str:
    return " / ".join(map(plain, cell))


@every_kind
@every_format
def test_the_same_values_give_the_same_bytes_and_other_values_others(kind: str, form: Format) -> None:
    document = KINDS[kind]("en")
    assert render(document, form) == render(KINDS[kind]("en"), form)
    assert render(document, form) != render(KINDS[kind]("nl"), form)
    assert document.kind == kind


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@settings(max_examples=8, deadline=None)
@given(texts, texts, texts)
def test_whatever_people_write_every_paper_is_made_alike_twice(title: str, text: str, point: str) -> None:
    item = replace(THEME, title={"en": f"a {title.lower()}"}, notes={"nl": f"{text}\n- {point}"})
    brief = replace(BRIEF, points={"en": f"- {point}\n{text}"}, not_for_disclosure={"en": text})
    given_agenda = replace(AGENDA, items=(item,))
    one = pack.compose(replace(PACK, agenda=given_agenda, briefs={item.key: brief}), "nl")
    for form in FORMATS:
        assert render(one, form) == render(one, form)


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("kind", ["agenda", "note", "record"])
def test_joint_papers_have_no_place_for_what_one_side_writes(kind: str, language: str) -> None:
    document = KINDS[kind](language)
    assert [block for block in document.blocks if isinstance(block, Table) and block.layout == "brief"] == []


def test_the_annotated_agenda_is_the_joint_one_with_the_sheets_of_one_side() -> None:
    joint, own = KINDS["agenda"]("en"), KINDS["annotated"]("en")
    sheets = [block for block in own.blocks if isinstance(block, Table) and block.layout == "brief"]
    assert [sheet.header for sheet in sheets] == [("Norway only", "Not for the other side")] * 2
    assert [[said(cell) for cell in row.cells] for row in sheets[0].rows] == [
        ["Objective", "Agreement on patrol plans before the winter."],
        ["Points to make", f"{THANKS} / – ask for the southern sector / – offer liaison officers"],
        ["If raised", "On cost: each side bears its own."],
        ["Background, usable", "Twelve joint patrols in 2026."],
        ["Background, not for disclosure", "We could live with one liaison officer."],
    ]  # fmt: skip
    assert [row.closed for row in sheets[0].rows] == [False] * 4 + [True]
    without = [block for block in own.blocks if block not in joint.blocks and block not in sheets]
    assert without == [Paragraph(without[0].text)] if isinstance(without[0], Paragraph) else False
    assert words(own)[:2] == [
        "Annotated agenda, Norway only",
        "Norway only. Not to be shown to the other side.",
    ]


def test_a_pack_has_agenda_sheets_history_and_delegations() -> None:
    document = KINDS["briefing"]("en")
    assert [plain(block.text) for block in document.blocks if isinstance(block, Heading)] == [
        "Running order",
        "Briefs",
        "2. Borders",
        "3. Joint training",
        "Search and rescue",
        "Delegations",
        "Sources",
    ]
    assert table(document, "Delegations") == [
        ["NO", "Director for the Coast · CD", "head of delegation"],
        ["NO", "Adviser · CD", "notes"],
        ["FI", "Head of the Border Agency", "head of delegation"],
    ]
    assert table(document, "History: Borders")[0] == [
        "M-C1 / will, action, in progress",
        "Share patrol plans each spring / Overdue since 1 March 2027 / Joint Statement (MEMO), Borders, paragraph 3",
        "3 February 2027: Plans exchanged for the north (MEMO)",
    ]
    assert "Norway only: no brief written" in words(document)


def test_a_record_says_what_each_item_came_to_who_does_what_and_who_agreed() -> None:
    document = KINDS["record"]("en")
    assert document.furniture.kicker == "Record, not yet agreed"
    results = [
        (plain(block.text), plain(block.aside))
        for block in document.blocks
        if isinstance(block, Heading) and block.aside
    ]
    assert results == [
        ("1. Opening", "Noted"),
        ("2. Borders", "Decided"),
        ("3. Joint training", "Not reached"),
    ]
    assert table(document, "Attendance") == [
        ["Norway", "Director for the Coast", "present"],
        ["", "Adviser", "absent"],
        ["Finland", "Deputy Head", "in the place of Head of the Border Agency"],
    ]
    assert table(document, "Agreed actions") == [
        ["M-C4", "Send the southern plans / Coast Directorate (NO), Border Agency (FI)†", "1 September 2027"],
        ["M-C5", "Name a liaison officer / Border Agency (FI)†", "no day agreed"],
    ]
    assert table(document, "Earlier commitments") == [
        [
            "M-C1",
            "Share patrol plans each spring",
            "delivered / Joint Statement (MEMO), Borders, paragraph 3",
        ],
        ["M-C2", "Explore a joint register", "merged into another → M-C4 / Both say the same"],
        ["M-C3", "Meet twice", "due 1 December 2027 / Meet once"],
    ]
    assert table(document, "Agreed by") == [
        ["Norway", "Desk for Finland", "10 May 2027, 14:05 (Oslo)"],
        ["Finland", "not yet agreed", ""],
    ]
    agreed = record.compose(replace(RECORD, signatures=AGENDA.signatures), "nl")
    assert agreed.furniture.kicker == "Vastgesteld verslag"


def test_a_note_says_what_goes_what_is_asked_by_when_and_what_was_dropped() -> None:
    said_so = words(KINDS["note"]("nl"))
    assert said_so[said_so.index("Het concept volgt wat openstaat sinds juni.") :] == [
        "Het concept volgt wat openstaat sinds juni.",
        "Bijlagen",
        "Conceptagenda, versie 2",
        "Wat wordt gevraagd, en uiterlijk wanneer",
        "11 mei 2027",
        "Opmerkingen en aanvullingen",
        "tijdig",
        "Namen van de delegatie",
        "Thema’s die niet op de agenda staan",
        "Afspraken onder deze thema’s staan open, en blijven openstaan.",
        "Visserij",
        "Reden: Door bewindspersonen in mei",
        "Kenmerk",
        "Afspraak",
        "Laatste stand",
        "M-C2",
        "verkennen, doorlopende samenwerking",
        "Een gezamenlijk register verkennen",
        "Gezamenlijke verklaring (MEMO), Borders, alinea 3",
        "Geen nieuws",
        "Bronnen",
        "MEMO",
        "Memorandum over grenssamenwerking, mei 2026, niet juridisch bindend",
        "† Geen bron vermeldt dit; wie het beter weet, kan het vastleggen.",
    ]


def test_a_text_in_the_other_language_says_so_and_one_out_of_date_too() -> None:
    dutch = words(KINDS["agenda"]("nl"))
    untranslated = "alleen in het Engels"
    assert dutch[dutch.index("Both sides report on the winter season.") - 1] == untranslated
    stale = "Gezamenlijke training · Nederlandse tekst ouder dan de andere, nog na te kijken"
    assert stale in dutch
    english = words(KINDS["agenda"]("en"))
    assert [text for text in english if "only in" in text or "older than" in text] == []


@every_kind
def test_the_marking_of_both_originators_is_on_every_paper_in_every_format(kind: str) -> None:
    document = KINDS[kind]("nl")
    assert render(document, "md").decode().count(f"**{MARKING}**") == 2
    assert render(document, "html").decode().count(f'<p class="marking">{MARKING}</p>') == 2
    with zipfile.ZipFile(BytesIO(render(document, "docx"))) as archive:
        marked = sorted(name for name in archive.namelist() if MARKING.encode() in archive.read(name))
    assert marked == ["word/document.xml", "word/footer1.xml", "word/footer2.xml", "word/header1.xml"]


@pytest.mark.parametrize("marking", ["SECRET", "stg. geheim", "T o p  S e c r e t"])
def test_no_paper_can_be_made_under_a_marking_that_goes_too_high(marking: str) -> None:
    with pytest.raises(BadInput, match="may not be handled here"):
        agenda.compose(AGENDA, "en", marking=marking)
    titled = replace(MEETING, title={"en": f"Dialogue – {marking.upper()}"})
    with pytest.raises(BadInput, match="a title may not bear"):
        record.compose(replace(RECORD, meeting=titled), "en")


def test_no_byte_of_a_joint_paper_knows_of_a_brief() -> None:
    canary = "canaryNORTH7f3a"
    text = {"en": canary}
    brief = m.Brief(objective=text, points=text, if_raised=text, usable=text, not_for_disclosure=text)
    own = annotated.compose(AGENDA, NORTH, {"borders": brief}, "en", marking=MARKING)
    assert canary.encode() in render(own, "html")
    for form in FORMATS:
        assert canary.encode() in laid_open(render(own, form), form)
        for kind in ("agenda", "note", "record"):
            assert canary.encode() not in laid_open(render(KINDS[kind]("en"), form), form)


@every_kind
def test_files_name_no_program_person_or_hour(kind: str) -> None:
    document = KINDS[kind]("en")
    with pikepdf.open(BytesIO(render(document, "pdf"))) as file:
        info = {key: str(value) for key, value in file.docinfo.items()}
    day = f"D:{document.dated:%Y%m%d}000000Z"
    assert {key: value for key, value in info.items() if key not in ("/Creator", "/Title")} == {
        "/CreationDate": day,
        "/ModDate": day,
    }
    with zipfile.ZipFile(BytesIO(render(document, "docx"))) as archive:
        names = set(archive.namelist())
        assert {name for name in names if "comment" in name or "custom" in name or "people" in name} == set()
        every = b"".join(archive.read(name) for name in names)
    assert [
        mark
        for mark in (b"w:ins ", b"w:del ", b"w:author", b"<Application>", b"python-docx")
        if mark in every
    ] == []


def test_a_side_may_be_the_other_one() -> None:
    other = annotated.compose(AGENDA, SOUTH, PACK.briefs, "nl")
    assert other.furniture.kicker == "Agenda met eigen toelichting, alleen Finland"


def laid_open(content: bytes, form: Format) -> bytes:
    """Return a file with nothing of it packed: the parts of a DOCX, the words and streams of a PDF."""
    if form == "docx":
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return b"\n".join(archive.read(name) for name in archive.namelist())
    if form == "pdf":
        return b"\n".join([_streams(content), _words(content)])
    return content


def _streams(content: bytes) -> bytes:
    with pikepdf.open(BytesIO(content)) as file:
        return b"\n".join(
            one.read_bytes() if isinstance(one, pikepdf.Stream) and "/Filter" in one else repr(one).encode()
            for one in file.objects
            if not (isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image")
        )


def _words(content: bytes) -> bytes:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).encode()
