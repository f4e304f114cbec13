"""The running order on the desk: minutes, days, leads and order; items added; where each commitment is treated."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from agendas.negotiation.desk import Desk, Layer, keep, open_desk
from agendas.versions import rules
from agendas.versions.content import LEFT_OUT, Content, Place
from agendas.versions.queries import versions
from agendas.web.agenda_desk import ACTS, shown
from agendas.web.agenda_forms import RECALCULATE, SAVE, Typed, new_item, running_order, whole_number
from agendas.web.agenda_texts import words
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict, NotFound
from scheduler.tokens import new_identifier
from scheduler.web.kit.door import acting, reading_page, viewed_day
from scheduler.web.kit.language import language

pages = Blueprint("agenda_order", __name__)

Answered = Response | tuple[str, int]


@pages.get("/meetings/<uid>/agenda/<any(own, joint):layer>")
def show(uid: str, layer: Layer) -> str:
    """Show the running order with everything that can be changed in it."""
    with reading_page(ACTS[layer]) as work:
        desk = open_desk(work, uid, layer)
        return _page(desk, desk.content, Typed(request.form))


@pages.post("/meetings/<uid>/agenda/<any(own, joint):layer>")
def change(uid: str, layer: Layer) -> Answered:
    """Keep the running order as typed; reckon it anew or move an item, and show the form again with nothing lost."""
    typed = Typed(request.form)
    if typed.said("act") != SAVE:
        with reading_page(ACTS[layer]) as work:
            desk = open_desk(work, uid, layer, form_number())
            content = running_order(typed, desk.content)
            return _page(desk, content, typed), 400 if typed.faults else 200
    return _keep(uid, layer, typed, lambda content: running_order(typed, content))


@pages.post("/meetings/<uid>/agenda/<any(own, joint):layer>/add")
def add(uid: str, layer: Layer) -> Answered:
    """Put another item on the agenda, with the running order as it was typed above, and go to it."""
    typed = Typed(request.form)
    key = f"{rules.ADDED}/{new_identifier()}"
    return _keep(
        uid, layer, typed, lambda content: new_item(typed, running_order(typed, content), key), item=key
    )


@pages.post("/meetings/<uid>/agenda/<any(own, joint):layer>/commitments")
def put(uid: str, layer: Layer) -> Answered:
    """Treat a commitment under another item, or leave it out with a reason."""
    typed = Typed(request.form)
    commitment, where = typed.said("commitment"), typed.said("where")

    def move(content: Content) -> Content:
        because = typed.lines("because")
        reason = because if where == LEFT_OUT else None
        return typed.change(
            content,
            lambda before: rules.put(before, commitment, where, reason),
            {"because": f"because {commitment}", "where": f"where {commitment}"},
        )

    return _keep(uid, layer, typed, move, item=typed.said("item"))


@pages.post("/meetings/<uid>/agenda/<any(own, joint):layer>/themes")
def drop_theme(uid: str, layer: Layer) -> Answered:
    """Give the reason for which a theme is not treated, or take it back."""
    typed = Typed(request.form)
    theme = typed.said("theme")

    def drop(content: Content) -> Content:
        because = typed.lines("because")
        return typed.change(content, lambda before: rules.drop_theme(before, theme, because), {})

    return _keep(uid, layer, typed, drop)


@pages.post("/meetings/<uid>/agenda/own/remove")
def remove(uid: str) -> Answered:
    """Take an item off that the other side has never seen."""
    key = request.form.get("key", "")
    with reading_page(ACTS["own"]) as work:
        if key in seen_by_both(work, uid):
            raise Conflict(
                {"en": "both sides know this item", "nl": "beide zijden kennen dit punt"},
                remedy={"en": "drop it, with a reason", "nl": "laat het met een reden vervallen"},
            )
    return _keep(uid, "own", Typed(request.form), lambda content: rules.remove(content, key))


def seen_by_both(work: Work, uid: str) -> set[str]:
    """Return the items that ever stood on the joint agenda."""
    return {item.key for entry in versions(work, uid) for item in entry.content.items}


def form_number() -> int:
    """Return the number of the version that the form was made from; raise ``BadInput`` for a form without one."""
    number = whole_number(request.form.get("number", ""), "number", 0)
    if not number:
        raise BadInput(
            {
                "en": "the form does not say which version it is of",
                "nl": "het formulier zegt niet bij welke versie het hoort",
            },
            place="number",
            remedy={"en": "open it again", "nl": "open het opnieuw"},
        )
    return number


def today_of(work: Work, desk: Desk) -> date:
    """Return the day for which the page is asked."""
    return viewed_day(work, desk.partnership)


def _keep(
    uid: str, layer: Layer, typed: Typed, edit: Callable[[Content], Content], item: str = ""
) -> Answered:
    """Keep what an edit makes; a refused form comes back with everything typed and the fault beside its field."""
    number = form_number()
    try:
        with acting(ACTS[layer]) as work:
            desk = open_desk(work, uid, layer, number)
            content = edit(desk.content)
            if not typed.faults:
                made = keep(work, desk, content, today_of(work, desk), remark=typed.said("remark"))
    except (BadInput, Conflict, NotFound) as error:
        typed.faults["form"] = error
    if typed.faults:
        with reading_page(ACTS[layer]) as work:
            desk = open_desk(work, uid, layer, number)
            return _page(desk, running_order(typed, desk.content), typed), _status(typed)
    flash(words(f"done.kept.{layer}", number=made))
    if item:
        return redirect(url_for("agenda_item.show", uid=uid, layer=layer, key=item))
    return redirect(url_for("agenda_order.show", uid=uid, layer=layer))


def _status(typed: Typed) -> int:
    return 409 if any(isinstance(fault, Conflict) for fault in typed.faults.values()) else 400


def _page(desk: Desk, content: Content, typed: Typed) -> str:
    return render_template(
        "web/agenda_order.html",
        typed=typed,
        recalculate=RECALCULATE,
        save=SAVE,
        where_out=LEFT_OUT,
        room=list(content.in_room),
        elsewhere=[item for item in content.items if item.place is not Place.ROOM],
        untreated=_untreated_themes(desk, content),
        places={"room": Place.ROOM, "writing": Place.WRITING, "dropped": Place.DROPPED},
        **shown(desk, content, language()),
    )


def _untreated_themes(desk: Desk, content: Content) -> list[Any]:
    """Return the themes of the meeting that no item treats."""
    by_commitment = {entry.key: entry.theme for entry in desk.facts.commitments}
    present = {by_commitment.get(key) for key, where in content.treated() if where != LEFT_OUT}
    topics = {f"topic/{topic.key}": topic.theme for topic in desk.facts.topics}
    alive = [item.key.removeprefix("written/") for item in content.items if item.place is not Place.DROPPED]
    present |= {key.removeprefix("theme/") for key in alive} | {topics.get(key) for key in alive}
    return [
        theme
        for theme in desk.facts.themes
        if theme.key not in present or theme.key in content.dropped_themes
    ]
