"""Documents, passages as pointers a person can follow, and what sources date once."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from scheduler.db.work import reading
from scheduler.obligations.queries import obligation
from scheduler.programmes.loading import SHIPPED
from scheduler.sources import queries
from scheduler.sources.queries import DatedEventFacts, PassageFacts, dated_events, passages, sources
from scheduler.sources.tables import Passage
from tests.builders import NOW, PARTNERSHIP, SMALL, UK, US, load_files


@pytest.mark.parametrize(
    ("heading", "first", "language", "expected"),
    [
        ("Crime", 10, "en", "Joint Statement, Crime"),
        (None, 10, "nl", "Gezamenlijke verklaring"),
        ("Crime", None, "en", "Joint Statement, Crime"),
        (None, None, "de", "Joint Statement"),
    ],
)
def test_a_pointer_is_written_for_a_person(
    heading: str | None, first: int | None, language: str, expected: str
) -> None:
    words = {"en": "Joint Statement", "nl": "Gezamenlijke verklaring"}
    facts = PassageFacts("JS", words, "2025-12-03", heading, first, 90 if first else None)
    assert facts.pointer(language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "Statement, Crime, paragraph 2"), ("nl", "Statement, Crime, alinea 2")],
)
def test_a_pointer_names_the_paragraph(language: str, expected: str) -> None:
    facts = PassageFacts("JS", {"en": "Statement"}, None, "Crime", 10, 90, paragraph=2)
    assert facts.pointer(language) == expected


def test_passages_documents_and_events(engine: Engine) -> None:
    load_files(engine, SMALL, SHIPPED / "nl_us.yaml")
    with reading(engine, UK, NOW) as work:
        identifier = obligation(work, PARTNERSHIP, "SOC").passage_id
        assert identifier is not None
        found = passages(work, [identifier, None, identifier])
        assert {key: facts.pointer("en") for key, facts in found.items()} == {
            identifier: "Joint Statement, Crime"
        }
        assert [facts.key for facts in sources(work, PARTNERSHIP)] == ["JS"]
        assert dated_events(work, PARTNERSHIP) == (
            DatedEventFacts(
                key="E1",
                title={"en": "Signature", "nl": "Ondertekening"},
                date="2025-12-03",
                tense="past",
                kind="instrument",
                passage_id=None,
                posts=(),
                note=None,
                basis={},
            ),
        )


@pytest.mark.parametrize(
    ("stated", "number"),
    [("", None), (", headings: [0], paragraphs: [6, 8, 91]", 2), (", paragraphs: [6, 8]", None)],
)
def test_a_passage_has_the_paragraph_that_its_source_states(
    engine: Engine, tmp_path: Path, stated: str, number: int | None
) -> None:
    text = SMALL.read_text(encoding="utf-8")
    file = tmp_path / "stated.yaml"
    file.write_text(text.replace("characters: 1000", f"characters: 1000{stated}"), encoding="utf-8")
    load_files(engine, file)
    with reading(engine, UK, NOW) as work:
        identifier = obligation(work, PARTNERSHIP, "SOC").passage_id
        assert [facts.paragraph for facts in passages(work, [identifier]).values()] == [number]


def test_passages_are_the_same_however_many_are_asked_for_at_once(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_files(engine, SHIPPED / "uk_nl.yaml")
    with reading(engine, UK, NOW) as work:
        every = work.session.scalars(select(Passage.id)).all()
        at_once = passages(work, every)
        monkeypatch.setattr(queries, "AT_ONCE", 7)
        assert passages(work, every) == at_once


def test_passages_of_others_documents_are_not_seen(engine: Engine) -> None:
    """A passage has no partnership of its own: it is seen with its document, or not at all."""
    load_files(engine, SMALL, SHIPPED / "nl_us.yaml")
    with reading(engine, UK, NOW) as work:
        every = work.session.scalars(select(Passage.id)).all()
    seen = {}
    for actor, partnership in ((UK, "uk-nl"), (US, "nl-us")):
        with reading(engine, actor, NOW) as work:
            seen[partnership] = {facts.source for facts in passages(work, every).values()}
    assert seen == {"uk-nl": {"JS"}, "nl-us": {"US"}}
