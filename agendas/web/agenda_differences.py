"""How versions differ and where people disagree, for pages: sentences, and the words of texts laid over each other."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from agendas.drafting.facts import Facts
from agendas.negotiation.papers import Edition, names_of
from agendas.versions.content import Content
from agendas.versions.difference import Fate, changes, in_words
from agendas.versions.merge import RETURNED, Conflict
from agendas.versions.stored import IN_LANGUAGES
from agendas.versions.wording import say_change, say_conflict
from scheduler.words import LANGUAGES, say

Runs = tuple[tuple[Fate, str], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: a sentence, or for a text its words laid over each other, by language."""

    field: str
    sentence: str
    texts: tuple[tuple[str, Runs], ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What two people changed differently; ``is_choice`` where one of two values can be taken."""

    what: str
    texts: tuple[tuple[str, Runs], ...]
    is_choice: bool


def differences(before: Edition, after: Edition, language: str) -> list[tuple[str, list[Difference]]]:
    """Return every difference of two editions under the title of what it is about, in the order of the later one."""
    names = names_of(after.facts, after.content, before.content)
    groups: dict[str, list[Difference]] = {}
    for change in changes(before.content, after.content):
        about = say(names.items.get(change.subject, {}), language)
        texts = tuple(_texts(change.field, change.before, change.after))
        for sentence in say_change(change, names):
            groups.setdefault(about, []).append(Difference(change.field, say(sentence, language), texts))
    return sorted(groups.items(), key=lambda group: not group[0])


def disagreements(
    found: Iterable[Conflict], facts: Facts, contents: Iterable[Content], language: str
) -> list[Disagreement]:
    """Return conflicts in plain words, in their order."""
    names = names_of(facts, *contents)
    return [
        Disagreement(
            say(say_conflict(conflict, names), language),
            tuple(_texts(conflict.field, conflict.ours, conflict.theirs)),
            conflict.field != RETURNED,
        )
        for conflict in found
    ]


def _texts(field: str, before: Any, after: Any) -> Iterator[tuple[str, Runs]]:
    """Yield for each language in which a text differs its words, kept, gone and new."""
    if field not in IN_LANGUAGES or not isinstance(before, Mapping) or not isinstance(after, Mapping):
        return
    for language in LANGUAGES:
        was, now = before.get(language, ""), after.get(language, "")
        if was != now:
            yield language, in_words(was, now)
