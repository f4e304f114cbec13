"""The second wing of the house: agendas, and the commitments that they are made from.

It stands on the first wing: it may import ``scheduler``; of the scheduler only ``scheduler/app.py`` imports it.

    text          what people type and paste: taken as lines that show what they hold, or refused with its place
    known         what facts, agendas and papers name alike: sides, offices, documents and places in them
    commitments   the ledger: what was promised, by whom, how it stands, what was said of it, with the source
    rendering     how a document of ours is written down: neutral blocks -> HTML, Markdown, DOCX, PDF
    versions      what an agenda says, version by version; how two differ, and how three of them become one
    papers        plain values -> agenda, annotated agenda, briefing pack, record, covering note, as neutral blocks
    drafting      facts about a meeting -> a draft agenda with minutes, leads and reasons -> what people go on with
    negotiation   what two sides say of one agenda: offers, other wording, agreement by digest, freezing under a seal
    outcomes      what a meeting came to: records of each side, offered and signed; then the ledger says so
    reports       the yearly report to the ministers, from joint facts alone
    distribution  as letters: the briefing pack to posts of one side; the covering note when the other side has offered
    deadlines     what agendas and records want by a day, as plain values for reminders
    cli  web      doors: commands and pages of this wing, in front of every room

Rooms look only down, in the order of ``pyproject.toml``. Inside a room ``actions > queries > tables > rules``;
``rules.py`` and what it stands on decide without input or output, clock or framework, so that the same facts give the
same agenda, byte for byte.

An agenda goes one way through the wing, and comes back as commitments:

    queries of commitments and meetings -> drafting.facts.Facts
    drafting.rules.draft(Facts)         -> drafting.draft.Draft
    drafting.content.as_content(...)    -> versions.content.Content: what people edit, offer and agree to
    negotiation.actions.offer | sign | freeze
    drafting.content.as_draft(Content, Facts) -> papers.model.PaperAgenda -> rendering.document.Document
    outcomes.actions                    -> commitments, progress, and the facts of the next draft

Where to look first:

    why a commitment is left out        drafting/selection.py
    how minutes are shared out          drafting/minutes.py, drafting/sittings.py
    what opens a signature again        negotiation/rules.py; of a record outcomes/rules.py
    when a covering note is mailed      distribution/notes.py
    who may edit, offer, sign           scheduler/accounts/rules.py
"""
