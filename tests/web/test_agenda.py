"""Agendas on pages: where one stands, the desk for editing it, offers and agreement, and what bad input meets."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import Engine

from tests.web.agendas import agree_and_freeze, begin, negotiate
from tests.web.site import Page, Visitor, put_round

DAY = date(2027, 3, 23)


@pytest.fixture
def uid(app: Flask, engine: Engine) -> str:
    assert app.testing  # the programme is loaded with it
    return put_round(engine, "R1", DAY, "agreed")


def agenda(uid: str, rest: str = "") -> str:
    return f"/meetings/{uid}/agenda{rest}"


def item_form(page: Page) -> dict[str, str | list[str]]:
    """Return the fields of the form of an item."""
    return sent(page, "//form[.//textarea[@name='text.en']]")


def order_form(page: Page) -> dict[str, str | list[str]]:
    """Return the fields of the form of the running order."""
    return sent(page, "//form[@data-agenda]")


def sent(page: Page, path: str) -> dict[str, str | list[str]]:
    """Return the fields of a form, as a browser would send them, without its token."""
    fields: dict[str, str | list[str]] = {}
    for name, value in page.tree.xpath(path)[0].form_values():
        known = fields.get(name)
        fields[name] = value if known is None else [*(known if isinstance(known, list) else [known]), value]
    fields.pop("csrf_token")
    return fields


def starts(page: Page) -> list[str]:
    return page.said("//td[@data-starts]")


def test_before_anybody_began_the_draft_of_today_is_shown(uk: Visitor, uid: str) -> None:
    page = uk.get(agenda(uid))
    assert "Nobody has begun this agenda." in page.main
    assert page.said("//main//form//button") == ["Begin with this draft"]
    done = uk.post(agenda(uid, "/start"), agenda(uid))
    assert done.said("//p[contains(@class, 'done')]") == ["Version 1 of your side is kept."]
    assert done.said("//section[@id='joint']//p") == ["Nothing has been offered yet."]


def test_minutes_are_reckoned_without_keeping_and_nothing_typed_is_lost(
    uk: Visitor, engine: Engine, uid: str
) -> None:
    begin(engine, uid)
    page = uk.get(agenda(uid, "/own"))
    assert page.said("//span[@data-spare='0']") == ["✓ Exactly filled"]
    fields = order_form(page) | {"minutes.opening": "25", "act": "recalculate"}
    again = uk.post(agenda(uid, "/own"), agenda(uid, "/own"), **fields)
    assert again.said("//span[@data-spare='0']") == ["▲ 15 minutes over"]
    assert starts(again)[:2] == ["10:00", "10:25"]
    assert again.values("//input[@name='minutes.opening']/@value") == ["25"]
    assert uk.get(agenda(uid, "/own")).values("//input[@name='minutes.opening']/@value") == ["10"]
    kept = uk.post(agenda(uid, "/own"), agenda(uid, "/own"), **{**fields, "act": "save"})
    assert kept.said("//p[contains(@class, 'done')]") == ["Kept as version 3 of your side."]
    assert kept.values("//input[@name='minutes.opening']/@value") == ["25"]


def test_an_item_moves_a_place_with_what_was_typed(uk: Visitor, engine: Engine, uid: str) -> None:
    begin(engine, uid)
    page = uk.get(agenda(uid, "/own"))
    before = page.values("//input[@name='order']/@value")
    fields = order_form(page) | {"minutes.adoption": "7", "act": "up adoption"}
    moved = uk.post(agenda(uid, "/own"), agenda(uid, "/own"), **fields)
    assert moved.values("//input[@name='order']/@value") == [before[1], before[0], *before[2:]]
    assert moved.values("//input[@name='minutes.adoption']/@value") == ["7"]
    kept = uk.post(agenda(uid, "/own"), agenda(uid, "/own"), **{**order_form(moved), "act": "save"})
    assert kept.values("//input[@name='order']/@value") == [before[1], before[0], *before[2:]]


def test_minutes_that_are_no_number_are_said_beside_their_field(
    uk: Visitor, engine: Engine, uid: str
) -> None:
    begin(engine, uid)
    fields = order_form(uk.get(agenda(uid, "/own"))) | {"minutes.opening": "ten", "act": "save"}
    page = uk.post(agenda(uid, "/own"), agenda(uid, "/own"), **fields)
    assert page.status == 400
    assert page.values("//input[@name='minutes.opening']/@value") == ["ten"]
    assert page.said("//td[.//input[@name='minutes.opening']]//*[@class='fault']") == [
        "'ten' is no whole number. Such as 15."
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("tien", "'tien' is geen geheel getal. Zoals 15."),
        ("99999", "99999 is te groot. Hoogstens 1440."),
        ("1441", "1441 minuten. Een geheel getal van 0 tot en met 1440."),
    ],
)
def test_minutes_that_cannot_be_are_said_in_dutch(
    nl: Visitor, engine: Engine, uid: str, typed: str, said: str
) -> None:
    begin(engine, uid, "nl")
    fields = order_form(nl.get(agenda(uid, "/own"))) | {"minutes.opening": typed, "act": "save"}
    page = nl.post(agenda(uid, "/own"), agenda(uid, "/own"), **fields)
    assert page.said("//td[.//input[@name='minutes.opening']]//*[@class='fault']") == [said]


def test_words_in_one_language_wait_for_a_look_until_somebody_has_looked(
    uk: Visitor, engine: Engine, uid: str
) -> None:
    begin(engine, uid)
    address = agenda(uid, "/own/items/opening")
    page = uk.get(address)
    assert page.said("//p[@class='stale-notice']") == [
        "The Dutch waits for a look since the English was edited."
    ]
    looked = uk.post(address, address, **{**item_form(page), "same": "nl"})
    assert looked.said("//p[@class='stale-notice']") == []


def test_one_form_keeps_joint_words_and_private_ones_apart(
    uk: Visitor, nl: Visitor, engine: Engine, uid: str
) -> None:
    begin(engine, uid)
    address = agenda(uid, "/own/items/opening")
    page = uk.get(address)
    assert page.values("//div[contains(@class, 'own-side')]//textarea/@name") == [
        "note.objective",
        "note.points",
        "note.if_raised",
        "note.usable",
        "note.not_for_disclosure",
    ]
    fields = item_form(page) | {
        "text.en": "First line\r\n- a point",
        "text.nl": "Eerste regel",
        "note.points": "Say nothing of the budget",
        "paper.0.title.en": "Threat picture",
        "paper.0.side": "nl",
        "paper.0.due": "2027-03-09",
    }
    kept = uk.post(address, address, **fields)
    assert kept.status == 200
    assert kept.said("//textarea[@name='note.points']") == ["Say nothing of the budget"]
    uk.post(agenda(uid, "/offer"), agenda(uid), which="all")
    joint = nl.get(agenda(uid, "/joint/items/opening"))
    assert joint.said("//textarea[@name='text.en']") == ["First line - a point"]
    assert joint.values("//input[@name='paper.0.due']/@value") == ["2027-03-09"]
    assert joint.said("//textarea[starts-with(@name, 'note.')]") == []
    assert "budget" not in joint.text


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("text.en", "x" * 30_000, "30,000 characters are too many."),
        ("text.nl", "a\u202eb", "U+202E in line 1, column 2 turns the direction of writing, unseen."),
        ("title.en", "a\x01b", "U+0001 in line 1, column 2 is a control character."),
        ("paper.0.due", "soon", "'soon' is no day."),
        ("note.objective", "one\n\ufffe", "U+FFFE in line 2, column 1 is no character."),
    ],
)
def test_text_that_cannot_be_taken_comes_back_with_everything_typed(
    uk: Visitor, engine: Engine, uid: str, field: str, typed: str, said: str
) -> None:
    begin(engine, uid)
    address = agenda(uid, "/own/items/opening")
    fields = item_form(uk.get(address)) | {"because.en": "kept as typed", field: typed}
    page = uk.post(address, address, **fields)
    assert page.status == 400
    faults = page.said("//*[@class='fault']")
    assert [fault for fault in faults if fault.startswith(said)] == faults
    assert len(faults) == 1
    assert page.values("//input[@name='because.en']/@value") == ["kept as typed"]
    assert uk.get(address).values("//input[@name='number']/@value")[0] == "2"


def test_a_paste_of_five_megabytes_is_refused_by_its_field_and_comes_back(
    uk: Visitor, engine: Engine, uid: str
) -> None:
    begin(engine, uid)
    address = agenda(uid, "/own/items/opening")
    page = uk.post(address, address, **{**item_form(uk.get(address)), "note.usable": "x" * 5_000_000})
    assert page.status == 400
    assert page.said("//*[@class='fault']") == [
        "5,000,000 characters are too many. At most 20,000; send the rest as a paper of its own."
    ]
    assert [len(text) for text in page.said("//textarea[@name='note.usable']")] == [5_000_000]
    assert uk.get(address).values("//input[@name='number']/@value")[0] == "2"


def test_where_a_text_is_wrong_is_said_in_dutch_too(nl: Visitor, engine: Engine, uid: str) -> None:
    begin(engine, uid, "nl")
    address = agenda(uid, "/own/items/opening")
    page = nl.post(
        address, address, **{**item_form(nl.get(address)), "text.nl": "eerste regel\ntwee\u202ede"}
    )
    assert page.said("//*[@class='fault']") == [
        (
            "U+202E op regel 2, positie 5 keert ongezien de schrijfrichting om. "
            "Elk schrift kan zonder zulke tekens worden getypt."
        )
    ]


def test_dropping_an_item_needs_a_reason(uk: Visitor, engine: Engine, uid: str) -> None:
    begin(engine, uid)
    address = agenda(uid, "/own/items/readout")
    fields = item_form(uk.get(address)) | {"place": "dropped"}
    page = uk.post(address, address, **fields)
    assert (page.status, page.said("//*[@class='fault']")) == (
        400,
        ["This needs a reason. Say why; both sides agree to it."],
    )
    done = uk.post(
        address, address, **{**fields, "because.en": "Sent by mail", "because.nl": "Gaat per mail"}
    )
    assert done.status == 200
    assert uk.get(agenda(uid, "/own")).said("//section[@aria-labelledby='elsewhere-title']//li") == [
        "Joint readout dropped Sent by mail"
    ]


def test_an_item_that_nobody_else_has_seen_is_taken_off(uk: Visitor, engine: Engine, uid: str) -> None:
    begin(engine, uid)
    desk = agenda(uid, "/own")
    fields = {"title.en": "Ports", "title.nl": "Havens", "minutes": "0", "lead": "uk", "wanted": "note"}
    page = uk.post(agenda(uid, "/own/add"), desk, number="2", **fields)
    assert page.said("//h1") == ["Ports"]
    key = page.values("//input[@name='key']/@value")[0]
    assert uk.post(agenda(uid, "/own/remove"), desk, number="3", key=key).status == 200
    assert key not in uk.get(desk).text
    uk.post(agenda(uid, "/offer"), agenda(uid), which="all")
    refused = uk.post(agenda(uid, "/own/remove"), desk, number="5", key="opening")
    assert (refused.status, "both sides know this item" in refused.main.lower()) == (409, True)


def test_adding_keeps_the_order_that_was_typed_above_and_so_does_a_refusal(
    uk: Visitor, engine: Engine, uid: str
) -> None:
    begin(engine, uid)
    desk = agenda(uid, "/own")
    typed = {"minutes.opening": "7", "wanted.opening": "note", "lead.opening": "nl"}
    fields = {"title.en": "Ports", "title.nl": "Havens", "minutes": "0", "lead": "uk", "wanted": "note"}
    opening = "//select[@name='{}.opening']/option[@selected]/@value"
    refused = uk.post(agenda(uid, "/own/add"), desk, number="2", **typed, **fields | {"minutes": "many"})
    added = uk.post(agenda(uid, "/own/add"), desk, number="2", **typed, **fields)
    assert (refused.status, added.said("//h1")) == (400, ["Ports"])
    for page in (refused, uk.get(desk)):
        assert page.values("//input[@name='minutes.opening']/@value") == ["7"]
        assert page.values(opening.format("wanted")) == ["note"]
        assert page.values(opening.format("lead")) == ["nl"]


def test_what_two_people_of_a_side_edit_at_once_is_merged(uk: Visitor, engine: Engine, uid: str) -> None:
    begin(engine, uid)
    opening, readout = agenda(uid, "/own/items/opening"), agenda(uid, "/own/items/readout")
    first, second = item_form(uk.get(opening)), item_form(uk.get(readout))
    uk.post(opening, opening, **first | {"minutes": "12"})
    kept = uk.post(readout, readout, **second | {"minutes": "3"})
    assert kept.said("//p[contains(@class, 'done')]") == ["Kept as version 4 of your side."]
    page = uk.get(agenda(uid, "/own"))
    assert page.values("//input[@name='minutes.opening']/@value") == ["12"]
    assert page.values("//input[@name='minutes.readout']/@value") == ["3"]


def test_a_clash_is_said_in_words_and_settled(uk: Visitor, engine: Engine, uid: str) -> None:
    negotiate(engine, uid)
    page = uk.get(agenda(uid))
    assert page.said("//div[@class='conflict']/p") == [
        "You changed the number of minutes of “Opening and welcome” from 10 to 8; the other version says 5."
    ]
    number = page.values("//div[@class='conflict']//input[@name='number']/@value")[0]
    done = uk.post(agenda(uid, "/settle"), agenda(uid), number=number, index="0", take="theirs")
    assert done.said("//p[contains(@class, 'done')]") == ["Settled."]
    assert done.said("//div[@class='conflict']/p") == []
    late = uk.post(agenda(uid, "/settle"), agenda(uid), number=number, index="0", take="theirs")
    assert late.status == 409


def test_words_that_changed_since_the_page_was_read_are_not_signed(
    uk: Visitor, nl: Visitor, engine: Engine, uid: str
) -> None:
    begin(engine, uid)
    uk.post(agenda(uid, "/offer"), agenda(uid), which="all")
    shown = nl.get(agenda(uid)).values("//input[@name='shown']/@value")
    address = agenda(uid, "/joint/items/opening")
    uk.post(address, address, **item_form(uk.get(address)) | {"minutes": "9"})
    page = nl.post(agenda(uid, "/sign"), agenda(uid), which="all", shown=shown)
    assert page.status == 409
    assert page.said("//section[@id='joint']/p[@role='alert']") == [
        "Gewijzigd sinds u het las: “Opening”. Lees het opnieuw voordat u instemt."
    ]


def test_nothing_is_agreed_without_choosing(nl: Visitor, engine: Engine, uid: str) -> None:
    negotiate(engine, uid)
    page = nl.post(agenda(uid, "/sign"), agenda(uid), which="chosen")
    assert (page.status, page.said("//section[@id='joint']/p[@role='alert']")) == (
        400,
        ["Er is geen punt gekozen. Vink aan wat bedoeld is."],
    )


def test_a_remark_is_for_the_own_side_unless_said_otherwise(
    uk: Visitor, nl: Visitor, engine: Engine, uid: str
) -> None:
    negotiate(engine, uid)
    assert len(uk.get(agenda(uid)).said("//section[@id='remarks']/blockquote")) == 2
    assert nl.get(agenda(uid)).said("//section[@id='remarks']/blockquote/p") == [
        "We would like to begin on time."
    ]
    uk.post(agenda(uid, "/comments"), agenda(uid), subject="opening", text="Quietly", to="own")
    assert "Quietly" not in nl.get(agenda(uid)).text


def test_an_earlier_version_is_restored(uk: Visitor, engine: Engine, uid: str) -> None:
    begin(engine, uid)
    versions = agenda(uid, "/versions")
    done = uk.post(agenda(uid, "/versions/restore"), versions, number="1")
    assert done.said("//p[contains(@class, 'done')]") == ["Restored as version 3."]
    same = uk.get(agenda(uid, "/versions/compare?before=own-1&after=own-3"))
    assert same.said("//main//p[@class='notice']") == ["The two say the same."]
    differs = uk.get(agenda(uid, "/versions/compare?before=own-1&after=own-2"))
    assert differs.said("//main//ins") == ["[new: and welcome ]"]


def test_a_frozen_agenda_shows_both_names_and_its_seal(nl: Visitor, engine: Engine, uid: str) -> None:
    agree_and_freeze(engine, uid)
    facts = nl.get(agenda(uid)).facts("//dl[contains(@class, 'frozen')]")
    assert list(facts) == ["Verenigd Koninkrijk", "Nederland", "Zegel"]
    assert re.fullmatch(r"[0-9a-f]{64}", facts["Zegel"])
    assert nl.get(agenda(uid)).said("//section[@id='joint']//button") == []


@pytest.mark.parametrize("kind", ["joint", "annotated", "pack", "covering"])
@pytest.mark.parametrize("form", ["docx", "pdf", "html", "md"])
def test_every_paper_is_a_file_in_every_form(
    uk: Visitor, engine: Engine, uid: str, kind: str, form: str
) -> None:
    negotiate(engine, uid)
    answer = uk.client.get(agenda(uid, f"/papers/{kind}.{form}?version=joint-2&language=nl"))
    assert answer.status_code == 200
    named = "joint-2" if kind == "joint" else f"{kind}-joint-2"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="R1-2027-03-23-{named}.{form}"'


def test_one_paper_can_be_marked_higher_and_none_too_high(uk: Visitor, engine: Engine, uid: str) -> None:
    negotiate(engine, uid)
    file = uk.client.get(agenda(uid, "/papers/joint.md?version=joint-2&marking=RESTREINT"))
    assert file.get_data(as_text=True).splitlines()[0] == "**OFFICIAL · RESTREINT**"
    page = uk.get(agenda(uid, "/papers/joint?version=joint-2&marking=RESTREINT"))
    assert page.said("//article//p[@class='marking']") == ["OFFICIAL · RESTREINT"] * 2
    assert all(
        "marking=RESTREINT" in address for address in page.values("//*[contains(@class, 'files')]/a/@href")
    )
    assert uk.get(agenda(uid, "/papers/joint?version=joint-2&marking=Stg.%20Geheim")).status == 400


def test_versions_that_are_not_there_are_not_found(uk: Visitor, engine: Engine, uid: str) -> None:
    begin(engine, uid)
    for name in ("own-9", "joint", "joint-1", "own-0", "own-99999999"):
        assert uk.get(agenda(uid, f"/papers/joint?version={name}")).status == 404, name
    for name in ("nonsense", "own-x", "own-²"):
        assert uk.get(agenda(uid, f"/papers/joint?version={name}")).status == 400, name
    assert uk.get(agenda(uid, "/papers/covering?version=own-1")).status == 400


def test_the_page_of_the_meeting_says_where_the_agenda_stands(uk: Visitor, engine: Engine, uid: str) -> None:
    negotiate(engine, uid)
    facts = uk.get(f"/meetings/{uid}").facts("//section[contains(@class, 'panel')]")
    assert facts["Joint agenda"].startswith("Version 2 · Waits for UK")
    assert facts["Your side’s agenda"].startswith("Own version 5 uk desk")
