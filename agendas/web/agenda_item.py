"""One item on the desk: its words, who speaks, papers, commitments; and what one side notes for itself."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from agendas.commitments.wording import WORDS
from agendas.negotiation.desk import Desk, Layer, keep, open_desk
from agendas.negotiation.papers import NOTE_KINDS
from agendas.negotiation.queries import comments
from agendas.papers.wording import LABELS
from agendas.versions.content import LEFT_OUT, Content, Item, Paper, Place
from agendas.versions.queries import Notes
from agendas.versions.rules import ADDED, the_item
from agendas.web.agenda_desk import ACTS, shown
from agendas.web.agenda_forms import BLANK_PAPERS, MOST_PAPERS, Typed, item_of_form, notes_of_form
from agendas.web.agenda_order import form_number, seen_by_both, today_of
from agendas.web.agenda_texts import words
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict
from scheduler.web.kit.door import acting, reading_page
from scheduler.web.kit.language import language

pages = Blueprint("agenda_item", __name__)

Answered = Response | tuple[str, int]


@pages.get("/meetings/<uid>/agenda/<any(own, joint):layer>/items/<path:key>")
def show(uid: str, layer: Layer, key: str) -> str:
    """Show an item with everything that can be changed about it."""
    with reading_page(ACTS[layer]) as work:
        desk = open_desk(work, uid, layer)
        return _page(work, desk, the_item(desk.content, key), Typed(request.form))


@pages.post("/meetings/<uid>/agenda/<any(own, joint):layer>/items/<path:key>")
def change(uid: str, layer: Layer, key: str) -> Answered:
    """Keep an item as typed; a refused form comes back with everything typed and each fault beside its field."""
    typed, number, made = Typed(request.form), form_number(), 0
    try:
        with acting(ACTS[layer]) as work:
            desk = open_desk(work, uid, layer, number)
            content = item_of_form(typed, desk.content, the_item(desk.content, key))
            notes = _notes(typed, desk, key)
            if not typed.faults:
                made = keep(
                    work, desk, content, today_of(work, desk), notes=notes, remark=typed.said("remark")
                )
    except (BadInput, Conflict) as error:
        typed.faults[error.place if error.place == "remark" else "form"] = error
    if typed.faults:
        is_late = any(isinstance(fault, Conflict) for fault in typed.faults.values())
        with reading_page(ACTS[layer]) as work:
            desk = open_desk(work, uid, layer, number)
            return _page(work, desk, the_item(desk.content, key), typed), 409 if is_late else 400
    flash(words(f"done.kept.{layer}", number=made))
    return redirect(url_for("agenda_item.show", uid=uid, layer=layer, key=key))


def _notes(typed: Typed, desk: Desk, key: str) -> Notes | None:
    """Return the side's own words with those of a form; ``None`` where the form is about the joint agenda."""
    if desk.layer == "joint":
        return None
    said = notes_of_form(typed)
    others = {item: texts for item, texts in desk.notes.items() if item != key}
    return {**others, key: said} if said else others


def _page(work: Work, desk: Desk, item: Item, typed: Typed) -> str:
    is_sent = request.method == "POST"
    return render_template(
        "web/agenda_item.html",
        item=item,
        typed=typed,
        value=_values(typed, item, desk.notes.get(item.key, {}), is_sent=is_sent),
        ticked=typed.fields.getlist("offices") if is_sent else item.offices,
        papers=_paper_rows(typed, item, is_sent=is_sent),
        note_kinds=NOTE_KINDS,
        labels=LABELS,
        statuses=WORDS,
        places=list(Place),
        where_out=LEFT_OUT,
        may_remove=desk.layer == "own"
        and item.kind == ADDED
        and not item.commitments
        and item.key not in seen_by_both(work, desk.meeting.uid),
        neighbours=_neighbours(desk.content, item),
        remarks=[entry for entry in comments(work, desk.meeting.uid) if entry.subject == item.key],
        **shown(desk, desk.content, language()),
    )


def _values(typed: Typed, item: Item, notes: dict[str, str], *, is_sent: bool) -> Any:
    """Return what stands in the fields of one value each: what was typed, else what is kept."""
    kept: dict[str, object] = {
        **{f"title.{code}": text for code, text in item.title.items()},
        **{f"text.{code}": text for code, text in item.text.items()},
        **{f"because.{code}": text for code, text in item.because.items()},
        **{f"note.{kind}": text for kind, text in notes.items()},
        "minutes": item.minutes,
        "day": item.day + 1,
        "lead": item.lead or "",
        "wanted": item.wanted or "",
        "place": str(item.place),
    }

    def value(name: str) -> object:
        return typed.said(name) if is_sent else kept.get(name, "")

    return value


def _paper_rows(typed: Typed, item: Item, *, is_sent: bool) -> list[dict[str, str]]:
    if is_sent:
        names = ("title.en", "title.nl", "side", "due")
        rows = [{name: typed.said(f"paper.{n}.{name}") for name in names} for n in range(MOST_PAPERS)]
        filled = max((n + 1 for n, row in enumerate(rows) if row["title.en"] or row["title.nl"]), default=0)
        return rows[: min(filled + BLANK_PAPERS, MOST_PAPERS)]
    blank = Paper({}, "")
    papers = [*item.papers, *[blank] * BLANK_PAPERS][:MOST_PAPERS]
    return [
        {
            "title.en": paper.title.get("en", ""),
            "title.nl": paper.title.get("nl", ""),
            "side": paper.side,
            "due": str(paper.due or ""),
        }
        for paper in papers
    ]


def _neighbours(content: Content, item: Item) -> tuple[Item | None, Item | None]:
    """Return the items before and behind this one."""
    keys = [known.key for known in content.items]
    here = keys.index(item.key)
    before = content.items[here - 1] if here else None
    after = content.items[here + 1] if here + 1 < len(keys) else None
    return before, after
