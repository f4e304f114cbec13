"""Reading the facts that an agenda is drafted from, as far as the acting side may see them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time, timedelta
from typing import NamedTuple

from agendas.commitments import queries as ledger
from agendas.drafting import facts
from agendas.drafting.minutes import form_of
from agendas.drafting.paper import compose
from agendas.drafting.rules import draft
from agendas.drafting.wording import STILL_TO_COME
from agendas.known import Assumption, Office, Party, Pointer, Source
from agendas.rendering.document import Document
from agendas.versions.content import Item, Place
from agendas.versions.queries import frozen, version
from agendas.versions.results import ResultFacts, results
from agendas.versions.rules import DEFERRED
from scheduler.dates.cadence import due_on
from scheduler.dates.slots import Slot
from scheduler.dates.windows import read_window
from scheduler.db.work import Work
from scheduler.errors import BadInput
from scheduler.meetings.hosting import host_turns, turn_after
from scheduler.meetings.queries import MeetingFacts, find_meeting, meetings
from scheduler.meetings.rules import COMING, State, stands_as
from scheduler.obligations.host_turns import HostTurn
from scheduler.obligations.lead_times import MILESTONES, weeks_before
from scheduler.obligations.queries import ObligationFacts, obligations
from scheduler.partnerships.queries import offices, partnership, themes
from scheduler.sources.queries import passages, sources
from scheduler.words import Words

ASSUMED, STATED = "assumed", "stated"
FIELDS = {"start": "start_time", "minutes": "duration", "level": "level"}
"""Which value of the obligation stands behind which fact of the meeting."""

FRAMING = "framing"
"""The kind of a theme that introduces others."""

PAPERS_MILESTONE = next(step for step in MILESTONES if step.key == "delegations")
"""The step at which joint papers are due."""

DEFAULT_HOURS = 3
FIRST_HOUR = time(10)
DAY_STARTS, DAY_MINUTES = time(9), 480
"""Length and start of a round whose obligation says nothing of hours; shown as assumed."""

WINDOW: Words = {"en": "When in the year", "nl": "Wanneer in het jaar"}
INTERVAL: Words = {"en": "Interval", "nl": "Termijn"}


class Subject(NamedTuple):
    """What an agenda is for: an obligation, and its round where one is on the calendar."""

    obligation: ObligationFacts
    meeting: MeetingFacts | None


def subject(work: Work, key: str, reference: str, today: date) -> Subject:
    """Return what ``reference`` names: a UID, ``JS-R05/2027``, or an obligation (its next round, else undated).

    Raise ``NotFound`` where nothing visible answers to it, ``BadInput`` for a round that was held or cancelled.
    """
    promised = {entry.key: entry for entry in obligations(work, key)}
    if reference in promised:
        rounds = meetings(work, key, first=today, states=COMING)
        coming = [entry for entry in rounds if reference in entry.duties]
        return Subject(promised[reference], coming[0] if coming else None)
    found = find_meeting(work, key, reference, today)
    if found.state not in COMING:
        raise BadInput(stands_as(found.state), place="MEETING", remedy=STILL_TO_COME)
    return Subject(promised[found.obligation], found)


def read_facts(work: Work, key: str, about: Subject, today: date) -> facts.Facts:
    """Return everything that the agenda of ``about`` depends on, on ``today``."""
    return _Reading(work, key, about, today).read()


def draft_document(
    work: Work, key: str, about: Subject, today: date, *, language: str, marking: str | None
) -> Document:
    """Return the draft agenda of ``about`` as a document: facts read, items decided, blocks composed."""
    known = read_facts(work, key, about, today)
    return compose(draft(known), known, language, marking=marking)


class _Reading:
    """One reading of a partnership for one agenda: what several facts need is read once."""

    def __init__(self, work: Work, key: str, about: Subject, today: date) -> None:
        self.work, self.key, self.today = work, key, today
        self.obligation, self.meeting = about
        self.slot = self.meeting.slot if self.meeting else None
        self.partnership = partnership(work, key)
        self.offices = {(entry.party, entry.key): entry for entry in offices(work, key)}
        self.promised = obligations(work, key)
        duties = self.meeting.duties if self.meeting else ()
        # What a round discharges beside its own obligation, both sides agreeing, is on its agenda too.
        self.served = [
            self.obligation,
            *(entry for entry in self.promised if entry.key in duties and entry.key != self.obligation.key),
        ]
        self.themes = list(dict.fromkeys(theme for entry in self.served for theme in entry.themes))
        self.held = [entry for entry in meetings(work, key, states=(State.HELD,)) if entry.day]
        self.commitments = ledger.commitments(work, key, themes=self.themes, only_open=True)
        # A draft goes to the other side, so what a side notes for itself is not for it.
        self.progress = ledger.progress(work, key, only_joint=True)
        self.said_in = [entry.passage_id for entry in self.commitments]
        self.said_in += [entry.passage_id for entry in self.progress]
        self.passages = passages(work, (*self.said_in, *(entry.passage_id for entry in self.promised)))

    def read(self) -> facts.Facts:
        previous = self._previous()
        return facts.Facts(
            today=self.today,
            partnership=self.partnership.title,
            meeting=self._meeting(previous),
            parties=tuple(
                Party(party.key, party.name, party.short, party.capital, party.zone)
                for party in self.partnership.parties
            ),
            themes=tuple(self._themes()),
            topics=tuple(self._topics()),
            commitments=tuple(self._commitment(entry) for entry in self.commitments),
            progress=tuple(self._progress(entry) for entry in self.progress),
            silences=tuple(self._silences()),
            reports=tuple(self._reports()),
            previous=previous,
            next_round=self._next_round(),
            assumptions=tuple(self._assumptions()),
            sources=tuple(self._sources()),
            offices=tuple(
                Office(entry.party, entry.name, entry.short, key=entry.key) for entry in self.offices.values()
            ),
        )

    def _themes(self) -> Iterator[facts.Theme]:
        """Yield the themes in the order in which the obligation names them."""
        known = {theme.key: theme for theme in themes(self.work, self.key)}
        for theme in (known[key] for key in self.themes):
            leads = self._leads(theme.leads, theme.basis)
            yield facts.Theme(theme.key, theme.title, leads, theme.kind == FRAMING)

    def _topics(self) -> Iterator[facts.Topic]:
        """Yield the topics that are named; where none is, a meeting on one theme is about what its title says."""
        owners = {topic.key: entry for entry in reversed(self.served) for topic in entry.topics}
        about = [theme.key for theme in self._themes() if not theme.is_framing]
        if not owners and len(about) == 1 and not form_of(self.obligation.kind).has_sessions:
            yield facts.Topic(self.obligation.key, self.obligation.title, about[0])
        for entry in self.served:
            for topic in entry.topics:
                if owners[topic.key] is entry:
                    yield facts.Topic(topic.key, topic.title, entry.themes[0])

    def _meeting(self, previous: facts.PreviousRound | None) -> facts.Meeting:
        meeting, obligation, slot = self.meeting, self.obligation, self.slot
        host, whose = self._host()
        start, minutes = _hours(slot, obligation)
        number = previous.number + 1 if previous and previous.number else None
        return facts.Meeting(
            key=meeting.uid if meeting else obligation.key,
            title=obligation.title,
            obligation=obligation.key,
            kind=obligation.kind,
            level=obligation.level,
            minutes=minutes,
            days=len(slot.days) if slot else (obligation.duration or {}).get("days", 1),
            number=(meeting.number if meeting else None) or number,
            first_day=slot.first_day if slot else None,
            start=start,
            zone=slot.zone if slot else None,
            place=meeting.place if meeting else None,
            host=host,
            papers_due=self._papers_due(),
            cadence=obligation.cadence.rule,
            pointer=self._pointer(obligation.passage_id),
            assumed=self._assumed() | ({"host"} if whose == ASSUMED else frozenset()),
        )

    def _host(self) -> tuple[str | None, str]:
        """Return who hosts the round, and whose word that is; without a date, the side whose turn it is."""
        rule = self.obligation.basis.get("host", STATED)
        if self.meeting:
            return self.meeting.host, self.meeting.basis.get("host", rule)
        turn = host_turns(self.work, self.key).get(self.obligation.key)
        return (turn.host, _whose(turn, rule)) if turn else (self.obligation.host.get("next"), rule)

    def _assumed(self) -> frozenset[str]:
        assumed = {name for name, field in FIELDS.items() if self.obligation.basis.get(field) == ASSUMED}
        if not (self.slot and self.slot.start) and "hours" not in (self.obligation.duration or {}):
            assumed |= {"start", "minutes"}
        if self.meeting and self.meeting.basis.get("place") == ASSUMED:
            assumed.add("place")
        return frozenset(assumed)

    def _previous(self) -> facts.PreviousRound | None:
        own = [entry for entry in self.held if self.obligation.key in entry.duties]
        if not own or not own[-1].day:
            return None
        uid = own[-1].uid
        came_to = results(self.work, uid)
        agenda = frozen(self.work, uid) or (version(self.work, uid) if came_to else None)
        left = agenda.content.left_out if agenda else ()
        past = _past_items(agenda.content.items if agenda else (), came_to)
        return facts.PreviousRound(
            day=own[-1].day,
            number=_number(own),
            agenda=tuple(past) if agenda or came_to else None,
            deferred=tuple(entry.commitment for entry in left if entry.reason == DEFERRED),
        )

    def _papers_due(self) -> date | None:
        weeks = weeks_before(PAPERS_MILESTONE, self.obligation.effective_level)
        if not (self.slot and weeks):
            return None
        return self.slot.first_day - timedelta(weeks=weeks)

    def _next_round(self) -> facts.NextRound:
        day = self.meeting.day if self.meeting else None
        due = due_on(self.obligation.cadence, day) if day else None
        turn = turn_after(self.work, self.obligation, self.meeting) if self.meeting else None
        if turn is None:
            return facts.NextRound(due)
        return facts.NextRound(due, turn.host, _whose(turn, self.obligation.basis.get("host", STATED)))

    def _reports(self) -> Iterator[facts.Report]:
        """Yield what the programme says supports this meeting or reports to it.

        An umbrella treats no theme of its own: the dialogues that it covers report for it.
        """
        served = {entry.key for entry in self.served}
        reporting = set[str]()
        for entry in self.promised:
            kinds = {relation.type for relation in entry.relations if relation.other in served}
            if kinds & {"supports", "reports_to"}:
                reporting |= set(entry.covers() or (entry.key,))
        for entry in self.promised:
            if entry.key in reporting - served:
                days = [held.day for held in self.held if entry.key in held.duties and held.day]
                yield facts.Report(
                    obligation=entry.key,
                    title=entry.title,
                    themes=entry.themes,
                    held=max(days, default=None),
                    leads=self._leads(entry.leads, entry.basis),
                    pointer=self._pointer(entry.passage_id),
                    kind=entry.kind,
                )

    def _commitment(self, entry: ledger.CommitmentFacts) -> facts.Commitment:
        basis = entry.basis.get("owners", "stated")
        return facts.Commitment(
            key=entry.key,
            theme=entry.theme,
            text=entry.text,
            kind=entry.kind,
            strength=entry.strength,
            status=entry.status,
            owners=tuple(
                self._office(party, office, basis)
                for party, owners in entry.owners.items()
                for office in owners
            ),
            due=entry.due,
            pointer=self._pointer(entry.passage_id),
            topics=self._own_topics(entry.topics),
            same_matter_as=entry.same_matter_as,
            since=entry.since,
        )

    def _progress(self, entry: ledger.ProgressFacts) -> facts.Progress:
        return facts.Progress(
            key=entry.key,
            day=entry.day,
            text=entry.text,
            state=entry.state,
            commitments=entry.commitments,
            topics=self._own_topics(entry.topics),
            obligations=entry.obligations,
            pointer=self._pointer(entry.passage_id),
        )

    def _silences(self) -> Iterator[facts.Silence]:
        wanted = {entry.key for entry in self.commitments} | {self.obligation.key}
        for entry in ledger.silences(self.work, self.key):
            if entry.on in wanted:
                looked = _whole_date(entry.source_date) or self.today
                yield facts.Silence(entry.on, entry.text, looked, Pointer(entry.source))

    def _assumptions(self) -> Iterator[Assumption]:
        basis, window = self.obligation.basis.get("window"), self.obligation.window
        if basis and window:
            note = self.obligation.basis.get("window.note")
            yield Assumption(WINDOW, read_window(window).in_words(), basis, note)
        cadence = self.obligation.cadence
        if cadence.set_by and cadence.months:
            value = {"en": f"{cadence.months} months", "nl": f"{cadence.months} maanden"}
            yield Assumption(INTERVAL, value, f"set:{cadence.set_by}")

    def _sources(self) -> Iterator[Source]:
        pointers = (self._pointer(identifier) for identifier in (*self.said_in, self.obligation.passage_id))
        named = {pointer.source for pointer in pointers if pointer}
        named |= {silence.pointer.source for silence in self._silences() if silence.pointer}
        for entry in sources(self.work, self.key):
            if entry.key in named:
                legal_status = entry.legal_status or ""
                yield Source(
                    entry.key, entry.title, entry.kind, entry.date, legal_status, entry.address or ""
                )

    def _own_topics(self, topics: Iterable[str]) -> tuple[str, ...]:
        pairs = (topic.split("/", 1) for topic in topics)
        owners = {entry.key for entry in self.served}
        return tuple(dict.fromkeys(key for owner, key in pairs if owner in owners))

    def _leads(self, leads: Mapping[str, str], basis: Mapping[str, str]) -> tuple[Office, ...]:
        return tuple(self._office(party, key, basis.get("leads", "stated")) for party, key in leads.items())

    def _office(self, party: str, key: str, basis: str) -> Office:
        office = self.offices[party, key]
        return Office(party, office.name, office.short, basis, office.key)

    def _pointer(self, passage_id: int | None) -> Pointer | None:
        passage = self.passages.get(passage_id) if passage_id else None
        return Pointer(passage.source, passage.heading or "", passage.paragraph) if passage else None


def _number(held: Iterable[MeetingFacts]) -> int | None:
    """Return the number of the last of these rounds: as it stands on record, else counted from one that has one."""
    number = None
    for entry in held:
        number = entry.number or (number + 1 if number else None)
    return number


def _whose(turn: HostTurn, rule: str) -> str:
    """Return whose word it is whose turn it is: of both sides where they agreed on it, else that of the rule."""
    return STATED if turn.debts else rule


def _past_items(items: Iterable[Item], came_to: tuple[ResultFacts, ...]) -> Iterator[facts.PastItem]:
    """Yield the items of the last agenda, with what they came to as far as both sides have agreed a record.

    What was recorded and stood on no agenda follows.
    """
    recorded = {entry.item: entry for entry in came_to}
    for item in items:
        if item.place is not Place.DROPPED:
            found = recorded.pop(item.key, None)
            yield facts.PastItem(
                key=item.key,
                wanted=item.wanted,
                commitments=item.commitments,
                kind=item.kind,
                lead=item.lead,
                result=found.result if found else None,
                said_last=found.text if found else {},
                title=item.title,
            )
    for entry in recorded.values():
        yield facts.PastItem(
            key=entry.item,
            wanted=entry.wanted,
            commitments=entry.commitments,
            kind=entry.kind,
            result=entry.result,
            said_last=entry.text,
            title=entry.title,
        )


def _hours(slot: Slot | None, obligation: ObligationFacts) -> tuple[time, int]:
    """Return when a day of the round starts, and how many minutes it has."""
    if slot and slot.start and slot.end:
        return slot.start, _minutes(slot.end) - _minutes(slot.start)
    duration = obligation.duration or {}
    if "days" in duration:
        return DAY_STARTS, DAY_MINUTES
    start = time.fromisoformat(obligation.start_time) if obligation.start_time else FIRST_HOUR
    return start, duration.get("hours", DEFAULT_HOURS) * 60


def _minutes(when: time) -> int:
    return when.hour * 60 + when.minute


def _whole_date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
