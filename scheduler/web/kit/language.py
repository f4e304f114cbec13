"""Which language a page speaks, and the words that templates use.

The one chosen on the page wins, then the account's, then the browser's. The texts of our own pages stand in
``web/texts.py``; what another wing says, it brings along.
"""

from flask import Flask, g, request, session

from scheduler.web.texts import TEXTS
from scheduler.words import FALLBACK, LANGUAGES, Words, say

CHOSEN = "language"


def language() -> str:
    """Return the code of the language of this request."""
    if (chosen := session.get(CHOSEN)) in LANGUAGES:
        return str(chosen)
    if "person" in g and g.person.language in LANGUAGES:
        return str(g.person.language)
    return request.accept_languages.best_match(LANGUAGES) or FALLBACK


def choose_language(code: str) -> None:
    """Remember a choice; one that is not offered is ignored."""
    if code in LANGUAGES:
        session[CHOSEN] = code


def text(key: str, **values: object) -> str:
    """Return a text of the pages in the language of this request."""
    return say(TEXTS[key], language()).format(**values)


def in_words(words: Words | None) -> str:
    """Return a text that came from data, in the language of this request."""
    return say(words, language()) if words else ""


def speak(app: Flask) -> None:
    """Give templates ``language``, ``t`` for texts of ours, and the filter ``said`` for texts from data."""
    app.jinja_env.globals.update(language=language, t=text)
    app.jinja_env.filters["said"] = in_words
