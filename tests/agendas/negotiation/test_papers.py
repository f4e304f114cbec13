"""The covering note of what was offered: which themes are not on the agenda although something under them is open."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from agendas.drafting.actions import start_draft
from agendas.negotiation import actions
from agendas.negotiation.desk import keep, open_desk
from agendas.negotiation.documents import document, find_edition
from agendas.negotiation.papers import dropped_themes
from agendas.rendering.formats import render
from agendas.versions import rules
from agendas.versions.content import LEFT_OUT, Content, LeftOut, Place
from scheduler.db.work import reading, unit_of_work
from tests.agendas.negotiation.test_rules import CONTENT, FACTS, WHY
from tests.builders import NL, NOW, TODAY, UK, agreed, load_files

LEFT = replace(rules.put(CONTENT, "C-b", LEFT_OUT, WHY), dropped_themes={"b": WHY})


@pytest.mark.parametrize(
    ("content", "status", "expected"),
    [
        (LEFT, "open", [("B", ["C-b"])]),
        (LEFT, "blocked", [("B", ["C-b"])]),
        (LEFT, "delivered", []),
        (replace(rules.put(CONTENT, "C-b", "theme/a"), dropped_themes={"b": WHY}), "open", []),
        (CONTENT, "open", []),
    ],
)
def test_a_theme_is_named_where_it_is_dropped_and_something_under_it_is_open_and_treated_nowhere(
    content: Content, status: str, expected: list[tuple[str, list[str]]]
) -> None:
    first, second = FACTS.commitments
    facts = replace(FACTS, commitments=(first, replace(second, status=status)))
    found = dropped_themes(content, facts)
    assert [(theme.theme["en"], [line.key for line in theme.lines]) for theme in found] == expected
    assert [theme.reason for theme in found] == [WHY] * len(expected)


def test_the_other_side_reads_in_the_note_what_was_dropped_and_why(engine: Engine) -> None:
    load_files(engine)
    uid = agreed(engine, date(2027, 3, 23))
    with unit_of_work(engine, UK, NOW) as work:
        start_draft(work, uid, TODAY)
        desk = open_desk(work, uid, "own")
        content = desk.content
        for item in content.items:
            if item.key.startswith(("theme/", "topic/")):
                content = rules.place(content, item.key, Place.DROPPED, WHY)
        assert content.left_out == (LeftOut("C1", "deferred", WHY),)
        keep(work, desk, content, TODAY)
        actions.offer(work, uid)
    with reading(engine, NL, NOW) as work:
        note = render(document(work, uid, "covering", find_edition(work, uid), "nl"), "md").decode()
    dropped = note.partition("## Thema’s die niet op de agenda staan")[2].partition("\n## ")[0]
    found = [name for name in ("### Misdaad", "Te laat", "**C1**", "Bevindingen delen") if name in dropped]
    assert found == ["### Misdaad", "Te laat", "**C1**", "Bevindingen delen"]
