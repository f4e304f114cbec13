from dataclasses import replace

import pytest

from agendas.rendering import markdown
from agendas.rendering.document import Paragraph, Span, Text, span
from tests.agendas.rendering.specimens import HOSTILE, specimen

WRITTEN = """**OFFICIAL**

Draft agenda

# Dialogue on dikes

Somewhere–Elsewhere

- Date: Tuesday

## Running order

| Time | No. | Item | Opens | Wanted | Min. |
| --- | --- | --- | --- | --- | --- |
| 10:00 | 1 | **Opening** | UK | Note | 10 |
| 10:10 |  | Break |  |  | 5 |

### 1. Opening · 10:00–10:10

**Key** **strong** quiet†

Because

- First
- Second

- **K-0**
  - Commitment: Plain words
  - Said: **Key** **strong** quiet†; **Late** *and flagged*

**Norway only** · **Not for the other side**

- Objective: Agreement; – soon
- Background: Do not tell

- L-1
  - Reason: Why

---

Dialogue on dikes, as of today

**OFFICIAL**
"""


def test_a_document_as_markdown() -> None:
    assert markdown.render(specimen()) == WRITTEN


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("# no heading", "\\# no heading"),
        ("- no list", "\\- no list"),
        ("12. no list", "12\\. no list"),
        ("*no* _stress_ `code` [link](x) <b>", "\\*no\\* \\_stress\\_ \\`code\\` \\[link\\](x) \\<b\\>"),
        ("https://gov.example", "https\\://gov.example"),
        ("a | b", "a \\| b"),
        ("&amp;", "\\&amp;"),
    ],
)
def test_words_stay_words(words: str, written: str) -> None:
    assert paragraph(span(words)) == written


def test_a_style_around_nothing_leaves_no_marks() -> None:
    assert paragraph((Span(" ", "strong"), Span("x"))) == " x"


def test_hostile_text_adds_no_line() -> None:
    quiet = markdown.render(specimen(texts=("x",) * len(HOSTILE)))
    assert markdown.render(specimen(texts=HOSTILE)).count("\n") == quiet.count("\n")


def paragraph(text: Text) -> str:
    document = replace(specimen(marking=None), blocks=(Paragraph(text),))
    return markdown.render(document).split("\n\n")[3]
