"""The ledger of commitments as pages: by theme, one with its notes and history, and a panel on an obligation's page."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from agendas.commitments import actions
from agendas.commitments.entry import Entry
from agendas.commitments.finding import DUE, OPEN_ONES, PAGE, Wanted, find, open_by_theme, with_news
from agendas.commitments.notes import Note, correct_note, is_joint, offer_note
from agendas.commitments.notes import write_note as write
from agendas.commitments.queries import (
    CommitmentFacts,
    ProposalFacts,
    commitment,
    commitments,
    progress,
    proposals,
)
from agendas.commitments.rules import (
    KINDS,
    PROGRESS_STATES,
    STATUSES,
    STRENGTHS,
    StatusChange,
    owning_sides,
    read_evidence,
)
from agendas.commitments.wording import age_words, change_words
from agendas.outcomes.content import ItemOutcome
from agendas.outcomes.queries import agreed_record
from agendas.web.commitments_texts import label, words
from scheduler.accounts.rules import Act, require
from scheduler.audit.queries import changes_about
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict, DialoguesError, NotFound
from scheduler.meetings.queries import MeetingFacts, meetings
from scheduler.obligations.queries import obligation
from scheduler.partnerships.queries import offices, posts, themes
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.sources.queries import passages, sources
from scheduler.typed import day_typed
from scheduler.web.kit.door import acting, person, reading_page, viewed_day
from scheduler.web.kit.language import language

pages = Blueprint("commitments", __name__)


@pages.get("/commitments/<partnership>")
def show_all(partnership: str) -> str:
    """Show commitments by theme with age and last mention, filtered as asked, and what waits for an answer."""
    with reading_page() as work:
        facts = find_partnership(work, partnership)
        day = viewed_day(work, facts)
        wanted, first = _wanted(), _number("from")
        found = find(work, partnership, wanted, day, limit=PAGE, offset=first)
        waiting = proposals(work, partnership)
        return render_template(
            "web/commitments.html",
            partnership=facts,
            day=day,
            wanted=wanted,
            found=found,
            first=first,
            page_size=PAGE,
            counts=open_by_theme(work, partnership),
            themes=themes(work, partnership),
            offices=offices(work, partnership),
            statuses=(*STATUSES, OPEN_ONES),
            dues=DUE,
            sources={source.key: source for source in sources(work, partnership)},
            rounds=_rounds(work, partnership) if waiting else {},
            offered=[entry for entry in waiting if entry.layer is None],
            to_answer=[entry for entry in waiting if entry.layer is None and _waits_for_us(work, entry)],
            own=[entry for entry in waiting if entry.layer is not None],
            **_said(),
        )


@pages.get("/commitment/<partnership>/<key>")
def show(partnership: str, key: str) -> str:
    """Show one commitment."""
    with reading_page() as work:
        return _page(work, partnership, key)


@pages.post("/commitment/<partnership>/<key>/status")
def change(partnership: str, key: str) -> Response | tuple[str, int]:
    """Bring it to another status, or propose it."""
    private = "private" in request.form
    asked = StatusChange(*(request.form.get(name, "") for name in ("status", "evidence", "reason", "into")))

    def act(work: Work) -> str:
        waits = actions.change_status(work, partnership, key, asked, private=private)
        return "page.done_private" if private else "page.done_waits" if waits else "page.done"

    return _act(partnership, key, Act.NOTE if private else Act.OFFER, act)


@pages.post("/commitment/<partnership>/<key>/notes")
def note(partnership: str, key: str) -> Response | tuple[str, int]:
    """Write a note for both sides or for one's own; or, with ``corrects``, put it in the place of an older one."""
    joint, corrects = "joint" in request.form, request.form.get("corrects", "")

    def act(work: Work) -> str:
        form = request.form
        text = {find_partnership(work, partnership).party(work.actor.side).language: form.get("text", "")}
        day = _day("day") or work.now.date()
        said = Note(day, text, (key,), form.get("state", ""), form.get("evidence", ""))
        if corrects:
            if is_joint(work, partnership, corrects):
                require(person().role, Act.OFFER)  # whatever the form says: both sides will read it
            correct_note(work, partnership, corrects, said)
        else:
            write(work, partnership, said, joint=joint)
        return "page.done"

    return _act(partnership, key, Act.OFFER if joint else Act.NOTE, act)


@pages.post("/commitment/<partnership>/<key>/notes/<reference>/offer")
def publish(partnership: str, key: str, reference: str) -> Response | tuple[str, int]:
    """Let both sides read a note of one's own."""

    def act(work: Work) -> str:
        offer_note(work, partnership, reference)
        return "page.done"

    return _act(partnership, key, Act.OFFER, act)


@pages.post("/commitments/<partnership>/proposals/<uid>/<any(offer, agree, decline):decision>")
def decide(partnership: str, uid: str, decision: str) -> Response:
    """Offer a proposal of one's own, agree to one, decline or withdraw it."""
    permission = {"offer": Act.OFFER, "agree": Act.AGREE, "decline": Act.AGREE}[decision]
    with acting(permission) as work:
        find_partnership(work, partnership)
        if decision == "offer":
            actions.offer_proposal(work, uid)
        elif decision == "agree":
            actions.agree(work, uid)
        else:
            actions.decline(work, uid, request.form.get("reason", ""))
    flash(words(f"page.done_{decision}"))
    if about := request.args.get("about"):
        return redirect(url_for("commitments.show", partnership=partnership, key=about))
    return redirect(url_for("commitments.show_all", partnership=partnership))


@pages.post("/commitments/<partnership>/proposals/offer")
def offer_all(partnership: str) -> Response:
    """Offer every proposal that a side has kept to itself."""
    with acting(Act.OFFER) as work:
        for entry in proposals(work, partnership):
            if entry.layer is not None:
                actions.offer_proposal(work, entry.uid)
    flash(words("page.done_offer"))
    return redirect(url_for("commitments.show_all", partnership=partnership))


@pages.post("/commitments/<partnership>/proposals/agree")
def agree_all(partnership: str) -> Response:
    """Agree to every proposal that the page showed; one that was answered meanwhile is left as it is."""
    with acting(Act.AGREE) as work:
        shown = set(request.form.getlist("shown"))
        for entry in proposals(work, partnership):
            if entry.uid in shown and entry.layer is None and _waits_for_us(work, entry):
                actions.agree(work, entry.uid)
    flash(words("page.done_agree"))
    return redirect(url_for("commitments.show_all", partnership=partnership))


@pages.get("/commitments/<partnership>/new")
def new(partnership: str) -> str:
    """Show the form of a new commitment."""
    with reading_page(Act.NOTE) as work:
        return _form(work, partnership)


@pages.post("/commitments/<partnership>/new")
def add(partnership: str) -> Response | tuple[str, int]:
    """Propose a new commitment; a form that cannot be meant comes back with what was typed."""
    private = "private" in request.form
    try:
        with acting(Act.NOTE if private else Act.OFFER) as work:
            reason = request.form.get("reason", "")
            actions.add_commitment(work, partnership, _entry(), reason=reason, private=private)
    except (BadInput, Conflict) as problem:
        with reading_page(Act.NOTE) as work:
            return _form(work, partnership, problem), 400 if isinstance(problem, BadInput) else 409
    flash(words("page.done_private" if private else "page.done_waits"))
    return redirect(url_for("commitments.show_all", partnership=partnership))


def panel(work: Work, key: str, spoken: str) -> Markup:
    """Return the open commitments under the themes of the obligation ``partnership/key``, by theme."""
    partnership, _, name = key.partition("/")
    facts = obligation(work, partnership, name)
    known = commitments(work, partnership, themes=facts.themes, only_open=True)
    said = {
        each: entry for entry in progress(work, partnership, only_joint=True) for each in entry.commitments
    }
    rendered = render_template(
        "web/commitments_panel.html",
        partnership_key=partnership,
        themes=[theme for theme in themes(work, partnership) if theme.key in facts.themes],
        commitments=known,
        said=said,
        passages=passages(work, (entry.passage_id for entry in known)),
        spoken=spoken,
    )
    return Markup(rendered)  # noqa: S704  # escaped by the template that made it


def _act(
    partnership: str, key: str, permission: Act, act: Callable[[Work], str]
) -> Response | tuple[str, int]:
    """Do something to a commitment and return to its page, with what was wrong where it cannot be done."""
    try:
        with acting(permission) as work:
            done = act(work)
    except (BadInput, Conflict, NotFound) as problem:
        with reading_page() as work:
            return _page(work, partnership, key, problem), 400 if isinstance(problem, BadInput) else 409
    flash(words(done))
    return redirect(url_for("commitments.show", partnership=partnership, key=key))


def _page(work: Work, partnership: str, key: str, problem: DialoguesError | None = None) -> str:
    facts = find_partnership(work, partnership)
    day, entry = viewed_day(work, facts), commitment(work, partnership, key)
    notes = [note for note in progress(work, partnership, with_superseded=True) if key in note.commitments]
    every = proposals(work, partnership, commitment=key, standing=False)
    owning = owning_sides(entry.owners, [party.key for party in facts.parties])
    return render_template(
        "web/commitment.html",
        partnership=facts,
        day=day,
        line=with_news(work, partnership, [entry])[0],
        theme=next(theme for theme in themes(work, partnership) if theme.key == entry.theme),
        offices={(office.party, office.key): office for office in offices(work, partnership)},
        posts={(post.party, post.key): post for post in posts(work, partnership)},
        passages=passages(work, [entry.passage_id, *(note.passage_id for note in notes)]),
        sources={source.key: source for source in sources(work, partnership)},
        rounds=_rounds(work, partnership),
        item=_item(work, entry),
        joint_notes=[note for note in notes if note.layer is None],
        own_notes=[note for note in notes if note.layer is not None],
        offered=[one for one in every if one.layer is None and one.outcome is None],
        own=[one for one in every if one.layer is not None and one.outcome is None],
        closed=[one for one in every if one.outcome is not None],
        history=changes_about(work, partnership, f"commitment/{key}"),
        is_joint=len(owning) > 1,
        statuses=STATUSES,
        note_states=PROGRESS_STATES,
        problem=problem,
        typed=request.form if problem else {},
        **_said(),
    )


def _rounds(work: Work, partnership: str) -> dict[str, MeetingFacts]:
    return {found.uid: found for found in meetings(work, partnership)}


def _item(work: Work, entry: CommitmentFacts) -> ItemOutcome | None:
    """Return the item of the agreed record under which a commitment was made, if one says so."""
    record = agreed_record(work, entry.meeting) if entry.meeting and entry.item else None
    return next((item for item in record.record.items if item.key == entry.item), None) if record else None


def _form(work: Work, partnership: str, problem: DialoguesError | None = None) -> str:
    return render_template(
        "web/commitment_new.html",
        partnership=find_partnership(work, partnership),
        themes=themes(work, partnership),
        offices=offices(work, partnership),
        posts=posts(work, partnership),
        sources=sources(work, partnership),
        kinds=KINDS,
        strengths=STRENGTHS,
        problem=problem,
        typed=request.form,
        **_said(),
    )


def _entry() -> Entry:
    form = request.form
    return Entry(
        theme=form.get("theme", ""),
        text={code: form.get(f"text_{code}", "") for code in ("en", "nl")},
        kind=form.get("kind", ""),
        strength=form.get("strength", ""),
        owners=_by_side(form.getlist("owner")),
        posts=_by_side(form.getlist("post")),
        due=_day("due"),
        meeting=form.get("meeting", "").strip(),
        document=form.get("document", ""),
        heading=form.get("heading", ""),
    )


def _by_side(references: list[str]) -> dict[str, tuple[str, ...]]:
    lists: dict[str, tuple[str, ...]] = {}
    for reference in references:
        side, _, key = reference.partition("/")
        lists[side] = (*lists.get(side, ()), key)
    return lists


def _wanted() -> Wanted:
    asked = request.args
    plain = {name: asked.get(name, "").strip() for name in ("theme", "owner", "status", "due", "search")}
    return Wanted(**plain, no_news_since=_day("no_news_since"), before=_day("before"))


def _day(field: str) -> date | None:
    typed = request.values.get(field, "").strip()
    return day_typed(typed, field) if typed else None


def _number(field: str) -> int:
    typed = request.args.get(field, "0")
    if not typed.isascii() or not typed.isdigit() or len(typed) > 6:
        raise NotFound(f"{typed!r} is no place in the ledger")
    return int(typed)


def _waits_for_us(work: Work, entry: ProposalFacts) -> bool:
    return work.actor.side not in {consent.party for consent in entry.consents}


def _said() -> dict[str, Any]:
    """Return the words that every template of these pages uses."""
    return {
        "label": label,
        "words": words,
        "age_words": lambda days: age_words(days, language()),
        "change_words": lambda entry: change_words(entry.change, entry.detail, language()),
        "read_evidence": read_evidence,
    }
