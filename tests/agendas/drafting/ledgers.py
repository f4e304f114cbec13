"""Random meetings with random ledgers, for what must hold of any draft."""

from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import strategies as st

from agendas.drafting.facts import (
    Commitment,
    Facts,
    Meeting,
    NextRound,
    PreviousRound,
    Progress,
    Report,
    Silence,
    Theme,
    Topic,
)
from agendas.drafting.selection import KIND_WEIGHT, STRENGTH_WEIGHT
from agendas.known import Office
from tests.agendas.drafting.soc import NL, UK, soc_facts

TODAY = date(2027, 2, 10)
THEMES = ("T1", "T2", "T3")
TOPICS = ("R/a", "R/b", "R/c")
KEYS = tuple(f"C{number}" for number in range(25))
DAYS = st.integers(-800, 800).map(lambda days: TODAY + timedelta(days=days))

commitments = st.builds(
    Commitment,
    key=st.just(""),
    theme=st.sampled_from(THEMES),
    text=st.just({"en": "words", "nl": "woorden"}),
    kind=st.sampled_from(tuple(KIND_WEIGHT)),
    strength=st.sampled_from(tuple(STRENGTH_WEIGHT)),
    status=st.sampled_from(("open", "open", "in_progress", "blocked", "delivered", "merged", "dropped")),
    owners=st.lists(st.sampled_from((Office("uk", {"en": "A"}, "A"), Office("nl", {"en": "B"}, "B")))).map(
        tuple
    ),
    due=st.none() | DAYS,
    topics=st.lists(st.sampled_from((*TOPICS, "elsewhere")), max_size=2, unique=True).map(tuple),
    same_matter_as=st.lists(st.sampled_from((*KEYS, "other")), max_size=2, unique=True).map(tuple),
    deferred_by=st.frozensets(st.sampled_from(("uk", "nl"))),
)
ledgers = st.lists(commitments, max_size=len(KEYS)).map(
    lambda found: tuple(replace(one, key=key) for key, one in zip(KEYS, found, strict=False))
)
notes = st.builds(
    Progress,
    key=st.text("abc", min_size=1, max_size=3),
    day=DAYS,
    text=st.just({"en": "news"}),
    state=st.sampled_from(("progress", "outstanding_step", "new_emphasis")),
    commitments=st.lists(st.sampled_from(KEYS), max_size=3).map(tuple),
    topics=st.lists(st.sampled_from(TOPICS), max_size=2).map(tuple),
    obligations=st.lists(st.sampled_from(("R", "S")), max_size=1).map(tuple),
)
silences = st.builds(
    Silence, on=st.sampled_from((*KEYS, *TOPICS, "R")), text=st.just({"en": "none"}), day=DAYS
)
reports = st.builds(
    Report,
    obligation=st.just("S"),
    title=st.just({"en": "Supporting dialogue"}),
    themes=st.lists(st.sampled_from(THEMES), unique=True).map(tuple),
    held=st.none() | DAYS,
)
meetings = st.builds(
    Meeting,
    key=st.just("R/1"),
    title=st.just({"en": "Dialogue", "nl": "Dialoog"}),
    obligation=st.just("R"),
    kind=st.sampled_from(("dialogue", "review", "exchange", "conference", "training")),
    level=st.sampled_from(("ministerial", "senior_official", "expert", "mixed")),
    minutes=st.integers(1, 900)
    | st.sampled_from((1, 2, 5, 10, 25, 30, 45, 60, 90, 120, 180, 240, 300, 360, 480)),
    days=st.sampled_from((1, 1, 1, 2, 5)),
    first_day=st.none() | DAYS,
    start=st.none() | st.builds(time, st.integers(6, 20), st.sampled_from((0, 15, 30))),
    zone=st.sampled_from((None, "Europe/London", "Europe/Amsterdam")),
    host=st.sampled_from((None, "uk", "nl", "elsewhere")),
)
facts: st.SearchStrategy[Facts] = st.builds(
    soc_facts,
    meeting=meetings,
    parties=st.sampled_from(((), (UK,), (UK, NL))),
    themes=st.just(tuple(Theme(key, {"en": key}) for key in THEMES)),
    topics=st.lists(st.builds(Topic, st.sampled_from(TOPICS), st.just({"en": "topic"}), st.sampled_from(THEMES)),
                    max_size=3, unique_by=lambda topic: topic.key).map(tuple),
    commitments=ledgers,
    progress=st.lists(notes, max_size=8, unique_by=lambda note: note.key).map(tuple),
    silences=st.lists(silences, max_size=3).map(tuple),
    reports=st.lists(reports, max_size=1).map(tuple),
    previous=st.none() | st.builds(PreviousRound, DAYS),
    next_round=st.builds(NextRound, due=st.none() | DAYS, host=st.sampled_from((None, "uk", "nl"))),
)  # fmt: skip
