"""What `dialogues start` does before it serves: from an empty folder to a year, a feed and draft agendas.

Everything it makes is a proposal of one side to itself: nothing is offered or agreed on anybody's behalf. A second
start finds everything in place and makes only a new sign-in link.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from scheduler import clock
from scheduler.accounts.actions import add_user, issue_link
from scheduler.accounts.queries import UserFacts
from scheduler.accounts.rules import FIRST_LINK_LASTS, Act, Role
from scheduler.cli.kit import OPERATOR, Shell
from scheduler.cli.plan import propose_plan
from scheduler.dates.written import write_day
from scheduler.feeds.actions import Wanted, new_subscription
from scheduler.partnerships.queries import partnership, partnerships
from scheduler.planning.actions import approve
from scheduler.planning.queries import plan, plans
from scheduler.programmes import loading
from scheduler.reminders.preview import preview
from scheduler.settings import SETTINGS_FILE, remember
from scheduler.tokens import new_secret
from scheduler.words import say

LETTER_DAYS = 90
LETTERS_SHOWN = 4


def prepare(shell: Shell) -> tuple[Shell, str]:
    """Load, plan and draft what is missing; return the shell to serve with, and what to tell whoever started it."""
    shell = _with_secret_key(shell)
    key = _load_when_empty(shell)
    side = _side(shell, key)
    today = clock.now().date()
    _plan_when_unplanned(shell, key, side, today)
    shell.settings.mail_folder.mkdir(parents=True, exist_ok=True)
    agendas = shell.draft_agendas(shell, side, key, today, shell.settings.folder / "agendas" / side)
    addresses = {
        "Pages": shell.settings.public_url,
        "Sign in (once)": _sign_in_link(shell, key, side),
        "Calendar feed": _feed(shell, key, side),
        "Outgoing mail": f"{shell.settings.mail_folder}/",
    }
    lists = {
        "Draft agendas": [str(file) for file in agendas],
        "Letters to come": _letters(shell, key, side, today),
    }
    return shell, _welcome(side, addresses, lists)


def _with_secret_key(shell: Shell) -> Shell:
    """Make up a key that signs sessions where the settings have none, and keep it for the next start."""
    if shell.settings.secret_key:
        return shell
    secret = new_secret()
    remember(shell.settings.folder / SETTINGS_FILE.name, "SECRET_KEY", secret)
    return replace(shell, settings=replace(shell.settings, secret_key=secret))


def _load_when_empty(shell: Shell) -> str:
    with shell.work(OPERATOR, Act.LOAD) as work:
        known = partnerships(work)
        if known:
            return known[0].key
        file = loading.SHIPPED / f"{shell.settings.first_programme}.yaml"
        programme = loading.read_programme(file, shell.sections)
        loading.load(work, programme, shell.sections)
        return str(programme["partnership"]["key"])


def _side(shell: Shell, key: str) -> str:
    """Return the side of the settings, else the first party of the partnership."""
    with shell.reading(OPERATOR, Act.ACCOUNTS) as work:
        parties = [party.key for party in partnership(work, key).parties]
    if shell.settings.side in parties:
        return shell.settings.side
    if not shell.settings.side:
        remember(shell.settings.folder / SETTINGS_FILE.name, "DIALOGUES_SIDE", parties[0])
    return parties[0]


def _plan_when_unplanned(shell: Shell, key: str, side: str, today: date) -> None:
    """Plan from today to the end of next year, on the calendar of one side alone."""
    with shell.reading(side, Act.PLAN) as work:
        if plans(work, key):
            return
    made, _ = propose_plan(shell, side, key, today, date(today.year + 1, 12, 31), today)
    with shell.work(side, Act.PLAN) as work:
        approve(work, key, plan(work, key, made))


def _feed(shell: Shell, key: str, side: str) -> str:
    """Return the address of a side's first feed, whose secret this machine alone remembers, beside its digest."""
    remembered = shell.settings.folder / f"first-feed-{side}.txt"
    if not remembered.exists():
        with shell.work(side, Act.FEEDS_NEW) as work:
            secret = new_subscription(work, Wanted(partnership=key, label="First start"))
        remembered.touch(mode=0o600)
        remembered.write_text(secret, encoding="utf-8")
    return f"{shell.settings.public_url}/feeds/{remembered.read_text(encoding='utf-8').strip()}.ics"


def _letters(shell: Shell, key: str, side: str, today: date) -> list[str]:
    """Return the next letters that will go out, a line each."""
    with shell.reading(side, Act.LETTERS_READ) as work:
        ahead = preview(work, today, today + timedelta(days=LETTER_DAYS), shell.agenda_deadlines, key)
    lines = [f"{write_day(letter.day, 'en')}: {letter.subject}" for letter in ahead[:LETTERS_SHOWN]]
    more = len(ahead) - len(lines)
    return [*lines, f"and {more} more within {LETTER_DAYS} days"] if more > 0 else lines


def _sign_in_link(shell: Shell, key: str, side: str) -> str:
    with shell.work(OPERATOR, Act.ACCOUNTS) as work:
        party = partnership(work, key).party(side)
        email = f"first-start@{side}.example"
        label = f"{say(party.short, 'en')} secretariat (first start)"
        add_user(work, UserFacts(email, label, side, Role.SECRETARIAT, party.language))
        return f"{shell.settings.public_url}/sign-in/{issue_link(work, email, FIRST_LINK_LASTS)}"


def _welcome(side: str, addresses: Mapping[str, str], lists: Mapping[str, list[str]]) -> str:
    told = [f"{name:<16} {address}" for name, address in addresses.items()]
    for name, lines in lists.items():
        told += [f"{name if not place else '':<16} {line}" for place, line in enumerate(lines)]
    return "\n".join(
        [
            "",
            *told,
            "",
            f"Acting for {side}. Everything planned here is a proposal of that side to itself; values that no source",
            "states are marked as assumed. Letters are written on the working day they are due. Ctrl-C stops.",
            "",
        ]
    )
