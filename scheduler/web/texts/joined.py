"""Every text of the pages, in English and Dutch. What comes from data brings its own languages along.

A subject has a file of its own beside this one. Braces are filled by the caller; values are escaped where the template
prints them. The Dutch words of the trade are those that Dutch ministries use (vooraankondiging, overeengekomen,
hoogambtelijk).
"""

from collections.abc import Mapping

from scheduler.web.texts.answers import ANSWERS
from scheduler.web.texts.closed_days import CLOSED_DAYS
from scheduler.web.texts.decisions import DECISIONS
from scheduler.web.texts.diaries import DIARIES
from scheduler.web.texts.frame import FRAME
from scheduler.web.texts.invitations import INVITATIONS
from scheduler.web.texts.letters import LETTERS
from scheduler.web.texts.meeting import MEETING
from scheduler.web.texts.owed import OWED
from scheduler.web.texts.plan import PLAN
from scheduler.web.texts.posts import POSTS
from scheduler.web.texts.proposals import PROPOSALS
from scheduler.web.texts.reminders import REMINDERS
from scheduler.web.texts.trade import TRADE
from scheduler.web.texts.year import YEAR
from scheduler.words import Words

SUBJECTS = (
    ANSWERS,
    CLOSED_DAYS,
    DECISIONS,
    DIARIES,
    FRAME,
    INVITATIONS,
    LETTERS,
    MEETING,
    OWED,
    PLAN,
    POSTS,
    PROPOSALS,
    REMINDERS,
    TRADE,
    YEAR,
)

TEXTS: Mapping[str, Words] = {
    key: {"en": english, "nl": dutch} for subject in SUBJECTS for key, (english, dutch) in subject.items()
}
"""The texts by key and language."""
