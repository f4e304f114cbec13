"""The words of the ledger in English and Dutch: statuses, kinds, strengths, and what was done. Pure."""

from collections.abc import Mapping
from typing import Any

from scheduler.words import Words, say

_WORDS: Mapping[str, tuple[str, str]] = {
    "open": ("open", "open"),
    "in_progress": ("in progress", "in uitvoering"),
    "blocked": ("blocked", "geblokkeerd"),
    "delivered": ("delivered", "nagekomen"),
    "merged": ("merged into another", "opgegaan in een andere"),
    "dropped": ("dropped by both", "door beide vervallen verklaard"),
    "open_ones": ("all that are open", "alles wat openstaat"),
    "action": ("action", "actie"),
    "continuing_cooperation": ("continuing cooperation", "doorlopende samenwerking"),
    "political_position": ("political position", "politiek standpunt"),
    "will": ("will", "zullen"),
    "commit_to": ("commit to", "verbinden zich"),
    "continue_to": ("continue to", "blijven"),
    "aim": ("aim to", "streven naar"),
    "explore": ("explore", "verkennen"),
    "reaffirm": ("reaffirm", "bevestigen"),
    "welcome": ("welcome", "verwelkomen"),
    "progress": ("progress", "voortgang"),
    "continuing": ("continues", "gaat door"),
    "outstanding_step": ("a step is outstanding", "er resteert een stap"),
    "obligation_met": ("done", "gedaan"),
    "new_emphasis": ("new emphasis", "nieuw accent"),
    "explicit_link": ("named together", "samen genoemd"),
    "overdue": ("overdue", "te laat"),
    "dated": ("with a due date", "met een uiterste datum"),
    "undated": ("without a due date", "zonder uiterste datum"),
    "add": ("new commitment", "nieuwe afspraak"),
    "amend": ("other content", "andere inhoud"),
    "status": ("other status", "andere status"),
    "waiting": ("waits already", "wacht al"),
    "unchanged": ("unchanged", "ongewijzigd"),
    "no_news": ("no news", "geen nieuws"),
    "no_news_since": ("no news since {day}", "geen nieuws sinds {day}"),
    "days_old": ("{days} days old", "{days} dagen oud"),
    "day_old": ("1 day old", "1 dag oud"),
    "commitment added": ("entered, agreed by both", "opgenomen, door beide overeengekomen"),
    "commitment amended": ("content changed", "inhoud gewijzigd"),
    "commitment status": ("status changed", "status gewijzigd"),
    "commitment proposed": ("proposed", "voorgesteld"),
    "commitment agreed": ("agreed", "ingestemd"),
    "commitment declined": ("declined", "afgewezen"),
    "commitment withdrawn": ("withdrawn", "ingetrokken"),
    "commitment noted": ("note written", "notitie gemaakt"),
    "commitment note replaced": ("note replaced by a newer one", "notitie door een nieuwere vervangen"),
}

WORDS: Mapping[str, Words] = {key: {"en": english, "nl": dutch} for key, (english, dutch) in _WORDS.items()}
"""The words by key."""


def word(key: str, language: str, **values: object) -> str:
    """Return a word of the ledger in a language; a key it does not know stands as it is."""
    return say(WORDS[key], language).format(**values) if key in WORDS else key


def age_words(days: int | None, language: str) -> str:
    """Return how old a commitment is, or nothing where no source says when it was made."""
    if days is None:
        return ""
    return word("day_old", language) if days == 1 else word("days_old", language, days=days)


def change_words(change: str, detail: Mapping[str, Any], language: str) -> str:
    """Return what a proposal would change."""
    if change != "status":
        return word(change, language)
    into = f" → {detail['into']}" if detail.get("into") else ""
    return word(str(detail.get("status", "")), language) + into
