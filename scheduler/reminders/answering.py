"""What the link in a letter lets its post answer: the reminders of that letter, each once, as they stand now."""

from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.db.work import Work
from scheduler.reminders.answers import Said, latest_snooze
from scheduler.reminders.milestones import step_words
from scheduler.reminders.queries import AgendaDeadlines, LinkFacts, ledger, outlook, title_of
from scheduler.words import Words

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """A reminder of a letter. ``earliest`` and ``latest`` bound the day of another one, ``None`` where it is over."""

    about: str
    title: Words
    step: Words
    by: date | None
    is_missed: bool
    said: Said
    earliest: date | None
    latest: date | None


def asked_by(work: Work, link: LinkFacts, agendas: AgendaDeadlines) -> tuple[Asked, ...]:
    """Return what the letter of a link reminded of, in the order of its days."""
    view = outlook(work, link.partnership, agendas)
    today = view.today(work.now)
    found: dict[str, Asked] = {}
    for entry in ledger(work, link.partnership, link.letter):
        standing = view.asked.get(entry.about)
        latest = latest_snooze(today, standing.until) if standing else None
        found.setdefault(
            entry.about,
            Asked(
                about=entry.about,
                title=title_of(work, entry.subject),
                step=standing.title if standing else step_words(entry.step),
                by=standing.day if standing else None,
                is_missed=entry.kind == "escalation",
                said=entry.said,
                earliest=today + ONE_DAY if latest and latest > today else None,
                latest=latest if latest and latest > today else None,
            ),
        )
    return tuple(sorted(found.values(), key=lambda asked: (asked.by or date.max, asked.about)))
