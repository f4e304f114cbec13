"""What came of a round: the joint record and the side’s own on one page, the record as a file, and a panel."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Answer

from agendas.commitments.queries import commitments
from agendas.commitments.rules import DOCUMENT, KINDS, MEETING, STATUSES, STRENGTHS, read_evidence
from agendas.commitments.wording import WORDS as LEDGER_WORDS
from agendas.outcomes import actions
from agendas.outcomes.checks import mistakes
from agendas.outcomes.paper import record_document
from agendas.outcomes.queries import (
    record_draft,
    record_version,
    record_versions,
    signing,
    the_record_draft,
)
from agendas.outcomes.rules import title_of
from agendas.papers.wording import RESULTS
from agendas.rendering.formats import FORMATS, MEDIA_TYPES, render
from agendas.web.agenda_forms import Typed, whole_number
from agendas.web.outcomes_forms import ENTRIES, Filled, filled, is_begun, place_faults
from agendas.web.outcomes_texts import TEXTS, words
from scheduler.accounts.rules import Act
from scheduler.db.work import Work
from scheduler.errors import BadFile, BadInput, Conflict, DialoguesError, NotFound
from scheduler.meetings.queries import MeetingFacts, meetings
from scheduler.meetings.queries import meeting as find_meeting
from scheduler.meetings.rules import State
from scheduler.obligations.queries import obligation
from scheduler.partnerships.queries import PartnershipFacts, offices, partnership, themes
from scheduler.sources.queries import sources
from scheduler.tokens import new_identifier
from scheduler.web.kit.door import acting, door, reading_page
from scheduler.web.kit.language import language
from scheduler.web.kit.written import full_date
from scheduler.words import LANGUAGES, say

pages = Blueprint("outcomes", __name__)

STATUS_WORDS = {status: LEDGER_WORDS[status] for status in STATUSES}
RECORDED = (State.AGREED, State.HELD)
FORM_NAMES = {"docx": "Word", "pdf": "PDF", "html": "HTML", "md": "Markdown"}
Answered = Answer | tuple[str, int]


@pages.get("/meetings/<uid>/record")
def show(uid: str) -> str:
    """Show both records of a round."""
    with reading_page(Act.DRAFT) as work:
        return _page(work, uid)


@pages.get("/meetings/<uid>/record.<form>")
def download(uid: str, form: str) -> Response:
    """Return the joint record as a file."""
    if form not in FORMATS:
        abort(404)
    chosen = next(known for known in FORMATS if known == form)
    asked = request.args.get("language", "")
    number = whole_number(request.args.get("version", ""), "version", 0) or None
    with reading_page(Act.DRAFT) as work:
        found = find_meeting(work, uid)
        spoken = asked if asked in LANGUAGES else language()
        marking = door().settings.marking or None
        document = record_document(work, uid, number, language=spoken, marking=marking)
    answer = Response(
        render(document, chosen, door().settings.agenda_templates), content_type=MEDIA_TYPES[chosen]
    )
    name = f"{found.obligation}-{found.day}-record.{chosen}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@pages.post("/meetings/<uid>/record/<any(begin, settle, take_in):act>")
def change(uid: str, act: str) -> Answered:
    """Begin the side's own record, take the joint one into it, or settle what both changed; nothing typed is lost."""
    acts = {"begin": actions.begin, "settle": actions.settle, "take_in": actions.take_in}
    return _do(uid, Act.EDIT_AGENDA, lambda work, _: words(f"done.{act}", number=acts[act](work, uid)))


@pages.post("/meetings/<uid>/record/keep")
def keep(uid: str) -> Answered:
    """Keep everything typed, with the entries that were begun, and take out the one that is to go."""
    return _do(uid, Act.EDIT_AGENDA, lambda _, number: words("done.keep", number=number))


@pages.post("/meetings/<uid>/record/offer")
def offer(uid: str) -> Answered:
    """Offer the side's record to the other side; what nobody has seen as it is kept is kept, and not offered yet."""

    def act(work: Work, number: int) -> str:
        if str(number) != request.form.get("number", str(number)):
            return words("done.not_offered", number=number)
        return words("done.offer", number=actions.offer(work, uid))

    return _do(uid, Act.RECORD, act)


@pages.post("/meetings/<uid>/record/sign")
def sign(uid: str) -> Answered:
    """Agree to the joint record as it was shown."""
    shown = dict(entry.rsplit(" ", 1) for entry in request.form.getlist("shown") if " " in entry)

    def act(work: Work, _: int) -> str:
        return words("done.agreed" if actions.sign(work, uid, shown) else "done.sign")

    return _do(uid, Act.RECORD, act)


def panel(work: Work, uid: str, spoken: str) -> Markup:
    """Return what the page of a meeting says of its record, from the day of the meeting on."""
    found = find_meeting(work, uid)
    if found.state not in RECORDED or not found.day or found.day > work.now.date():
        return Markup()
    rendered = render_template(
        "web/record_panel.html",
        meeting=found,
        partnership=partnership(work, found.partnership),
        mine=record_draft(work, uid),
        joint=signing(work, uid) if record_version(work, uid) else None,
        words=words,
        spoken=spoken,
    )
    return Markup(rendered)  # noqa: S704  # escaped by the template that made it


def _do(uid: str, act: Act, change: Callable[[Work, int], str]) -> Answered:
    """Keep what was typed, do one thing more, and show the page anew; what is refused is said at its field.

    ``change`` is given the number of the version that holds what was typed, 0 for a form without any.
    """
    typed, form, number = Typed(request.form), None, 0
    try:
        with acting(act) as work:
            if typed.has("number"):
                shown = _on_the_page(work, uid)
                form = filled(typed, shown.record)
                if typed.faults:
                    raise BadFile([])
                number = actions.keep(work, uid, shown.number, form.record)
            done = change(work, number)
    except (BadInput, Conflict, NotFound) as error:
        with reading_page(Act.DRAFT) as work:
            problems = _problems(work, uid, typed, form, error)
            return _page(work, uid, typed, problems), 409 if isinstance(error, Conflict) else 400
    flash(done)
    return redirect(url_for("outcomes.show", uid=uid))


def _problems(
    work: Work, uid: str, typed: Typed, form: Filled | None, error: DialoguesError
) -> list[tuple[str, DialoguesError]]:
    """Give mistakes to the fields they were typed in; return those that no field can show, by their parts."""
    wrong = mistakes(work, find_meeting(work, uid), form.record) if form else {}
    elsewhere = list(place_faults(typed, wrong, form.entries if form else {}))
    if typed.faults or elsewhere:
        return elsewhere
    return [("", error)]


def _on_the_page(work: Work, uid: str) -> Any:
    """Return the version that the form was made from; raise ``NotFound`` where there is none."""
    number = whole_number(request.form.get("number", ""), "number", 0)
    found = record_draft(work, uid, number) if number else the_record_draft(work, uid)
    if found is None:
        raise NotFound(
            {
                "en": f"there is no version {number} of this record",
                "nl": f"er is geen versie {number} van dit verslag",
            }
        )
    return found


def _page(
    work: Work, uid: str, typed: Typed | None = None, problems: Sequence[tuple[str, DialoguesError]] = ()
) -> str:
    typed = typed or Typed(MultiDict())
    found = find_meeting(work, uid)
    facts = partnership(work, found.partnership)
    mine = record_draft(work, uid)
    joint = signing(work, uid) if record_version(work, uid) else None
    return render_template(
        "web/record.html",
        meeting=found,
        partnership=facts,
        side=work.actor.side,
        mine=mine,
        joint=joint,
        versions=record_versions(work, uid),
        behind=bool(joint and (mine is None or mine.joint != joint.version.number)),
        can_begin=found.state in RECORDED and found.day is not None and found.day <= work.now.date(),
        problems=problems,
        typed=typed,
        begun=[kind for kind in ENTRIES if is_begun(typed, kind)],
        once=typed.said("once") or new_identifier(),
        results=RESULTS,
        formats=FORM_NAMES,
        instant=datetime.fromisoformat,
        words=words,
        **_known(work, found, facts),
    )


def _known(work: Work, found: MeetingFacts, facts: PartnershipFacts) -> dict[str, Any]:
    """Return what entries may name, and what readers call it."""
    names = {party.key: party.short for party in facts.parties}
    ordered = _themes(work, found)
    ledger, every_office = commitments(work, found.partnership), offices(work, found.partnership)
    return {
        "called": lambda record, subject: title_of(record, subject, names),
        "themes": ordered,
        "theme_titles": [(theme.key, theme.title) for theme in ordered],
        "known": ledger,
        "ledger_words": {entry.key: entry.text for entry in ledger},
        "offices": every_office,
        "office_shorts": {f"{office.party}/{office.key}": office.short for office in every_office},
        "sources": {source.key: source for source in sources(work, found.partnership)},
        "rounds": {round_.uid: round_ for round_ in meetings(work, found.partnership)},
        "evidence_words": lambda typed: _evidence(work, found, typed),
        "kinds": [(kind, LEDGER_WORDS[kind]) for kind in KINDS],
        "strengths": [(strength, LEDGER_WORDS[strength]) for strength in STRENGTHS],
        "status_choices": [("", TEXTS["status.same"]), *STATUS_WORDS.items()],
        "status_words": STATUS_WORDS,
        "sides": list(names.items()),
        "item_titles": lambda record: [(item.key, item.title) for item in record.items],
    }


def _evidence(work: Work, found: MeetingFacts, typed: str) -> str:
    """Return evidence as a reader finds it: a document by its title and heading, a meeting by its title and day."""
    cited = read_evidence(typed)
    if cited.kind == DOCUMENT:
        titles = {source.key: say(source.title, language()) for source in sources(work, found.partnership)}
        return ", ".join(filter(None, [titles.get(cited.reference, cited.reference), cited.heading]))
    if cited.kind == MEETING:
        round_ = find_meeting(work, cited.reference)
        title = say(round_.title, language())
        return f"{title}, {full_date(round_.day)}" if round_.day else title
    return cited.reference


def _themes(work: Work, found: MeetingFacts) -> list[Any]:
    """Return the themes, those of the round's own duties first."""
    own = {key for duty in found.duties for key in obligation(work, found.partnership, duty).themes}
    return sorted(themes(work, found.partnership), key=lambda theme: theme.key not in own)
