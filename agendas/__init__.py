"""The second wing of the house: agendas, and the commitments that they are made from.

It stands on the first wing: it may import ``scheduler``; of the scheduler only ``scheduler/app.py`` imports it.

    commitments   the ledger: what was promised, by whom, how it stands, what was said of it, with the source
    text          what people type and paste: taken as lines that show what they hold, or refused with its place
    papers        plain values -> agenda, annotated agenda, briefing pack, record, covering note, as neutral blocks
    rendering     how a document of ours is written down: neutral blocks -> HTML, Markdown, DOCX, PDF
    drafting      facts about a meeting -> a draft agenda with minutes, leads and reasons -> neutral blocks

Rooms look only down: ``cli | web > drafting > papers > rendering > commitments > text``. Inside a room
``actions > queries > tables > rules``; ``rules.py`` and what it stands on decide without input or output, clock or
framework, so that the same facts give the same agenda, byte for byte.

A document goes one way through the wing:

    queries of commitments and meetings -> drafting.facts.Facts
    drafting.rules.draft(Facts)         -> drafting.draft.Draft
    drafting.paper.paper_of(...)        -> papers.model.PaperAgenda
    papers.agenda.compose(...)          -> rendering.document.Document, in one language
    rendering.html | markdown | docx | pdf
"""
