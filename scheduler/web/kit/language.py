"""Which language a page speaks, and the words that templates use.

The one chosen on the page wins, then that of the letter whose link was followed, then the account's, then the
browser's. The texts of our own pages stand in ``web/texts``; what another wing says, it brings along.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, g, request, session
from jinja2 import pass_context
from jinja2.runtime import Context

from scheduler.web.texts.joined import TEXTS
from scheduler.words import FALLBACK, LANGUAGES, Words, say

CHOSEN = "language"


def language() -> str:
    """Return the code of the language of this request."""
    if (chosen := session.get(CHOSEN)) in LANGUAGES:
        return str(chosen)
    if g.get("reader_language") in LANGUAGES:
        return str(g.reader_language)
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


def in_languages(key: str, **values: object) -> Words:
    """Return a text of the pages in every language: for what is raised here and read elsewhere."""
    return {code: words.format(**values) for code, words in TEXTS[key].items()}


def in_words(words: Words | None) -> str:
    """Return a text that came from data, in the language of this request."""
    return say(words, language()) if words else ""


def speak(app: Flask) -> None:
    """Give templates ``language``, ``t`` for texts of ours, and the filter ``said`` for texts from data."""
    app.jinja_env.globals.update(language=language, t=text)
    app.jinja_env.filters["said"] = for_each_reader(in_words)


def for_each_reader(function: Callable[..., str]) -> Callable[..., str]:
    """Return a filter that is asked at every rendering.

    Jinja works out a filter of constants once, when it compiles a template, and would keep the language of whoever
    came first; it leaves alone what takes the context.
    """

    @pass_context
    def asked_each_time(_context: Context, *values: Any, **named: Any) -> str:
        return function(*values, **named)

    return asked_each_time
