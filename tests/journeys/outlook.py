"""All that one side can get out of an installation: every page, feed, document, letter and answer of a command."""

import email
import email.policy
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import Engine

from scheduler import clock
from scheduler.accounts.actions import add_user, issue_link
from scheduler.accounts.queries import UserFacts
from scheduler.accounts.rules import Role
from scheduler.actor import operator
from scheduler.app import create_app
from scheduler.db.work import reading, unit_of_work
from scheduler.partnerships.queries import posts
from tests.journeys.house import House
from tests.journeys.opened import opened

OTHER = {"uk": "nl", "nl": "uk"}
MARKINGS = {"uk": "OFFICIAL-SENSITIVE", "nl": "Departementaal Vertrouwelijk"}
"""A marking of each side that is higher than the setting, for one document."""

OF_A_KIND = 6
"""How many addresses of one kind are read: neighbouring years lead on for ever."""

SEARCHES = ("/limits", "/limits/…", "/together")
"""Pages that search for an answer when they are asked for, of which one of a kind is read."""

SECRET_DAY = date(2027, 4, 14)
"""A day on which only one side has planned anything: it must not be named to the other."""


def canary(party: str) -> str:
    return f"canary{party}canary"


def signed_in(engine: Engine, party: str) -> FlaskClient:
    """Return a browser in which the secretariat of a side is signed in."""
    with unit_of_work(engine, operator(), clock.now()) as work:
        account = UserFacts(f"reader@{party}.example", "Secretariat", party, Role.SECRETARIAT, "en")
        add_user(work, account)
        link = issue_link(work, account.email)
    app = create_app(engine=engine)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    assert client.post(f"/sign-in/{link}").status_code == 302
    return client


def pages(client: FlaskClient) -> Iterator[tuple[str, bytes]]:
    """Yield every address that can be reached by links from the first page, with what it answers."""
    waiting, seen, kinds = ["/"], {"/"}, Counter[str]()
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address, follow_redirects=True)
        yield address, answer.data
        if answer.mimetype == "text/html":
            for found in re.findall(r'href="(/[^"#?]*)', answer.get_data(as_text=True)):
                kind = re.sub(r"[0-9a-f]{32}|[0-9a-f]{12}|\d+|JS-\w+", "…", found)
                if (
                    found not in seen
                    and not found.startswith(("/static", "/bootstrap"))
                    and kinds[kind] < (1 if kind.endswith(SEARCHES) else OF_A_KIND)
                ):
                    seen.add(found)
                    kinds[kind] += 1
                    waiting.append(found)


def shown(house: House, client: FlaskClient, party: str) -> Iterator[tuple[str, bytes]]:
    """Yield everything that a side can get out of the installation without a search, by what it is."""
    for address, content in pages(client):
        yield address, content
        if "/rounds/" in address:
            yield "reasons of a day", client.get(f"{address}?day={SECRET_DAY}").data
        if re.fullmatch(r"/plan/uk-nl/[0-9a-f]{12}", address):
            yield "a plan", content
            yield "comparison", client.get(f"/plan/uk-nl/compare?other={address[-12:]}").data
    for form in ("none", "events", "todos"):
        printed = house.say("feed", "new", "--label", form, "--deadlines", form, "--as", party)
        address = next(word for word in printed.split() if word.startswith("http"))
        yield f"feed with {form}", client.get(address.removeprefix("http://127.0.0.1:8000")).data
    for ending in ("docx", "pdf", "html", "md"):
        house.say("agenda", "draft", "JS-R05", "--out", f"agenda.{ending}", "--as", party)
        yield f"agenda.{ending}", readable(Path(f"agenda.{ending}"))
    for words in (
        ("owed",),
        ("meetings", "list"),
        ("reminders", "preview"),
        ("reminders", "list"),
        ("reminders", "settings"),
        ("letters", "list"),
        ("feed", "list"),
        ("plan", "requests"),
        ("hosts", "list"),
        ("links", "list"),
        ("skips", "list"),
        ("diaries", "list"),
        ("answers", "needs-person"),
        ("answers", "proposals", "JS-R05"),
        ("posts", "list"),
        ("posts", "newcomers"),
    ):
        yield " ".join(words), house.say(*words, "--json", "--as", party).encode()
    for words in (("delegation", "list"), ("invitations", "show")):
        yield " ".join(words), house.say(*words, "JS-R05", "--json", "--as", party).encode()
    for letter in house.read("letters", "list", "--as", party):
        message = house.read("letters", "show", letter["key"], "--as", party)["message"]
        unfolded = message.replace("=\r\n", "").replace("=\n", "")
        yield "a letter", unfolded.encode()
        for link in set(re.findall(r"/reminders/answer/[\w.-]+", unfolded)):
            yield "an answer to a letter", client.get(link).data
    yield from of_the_ledger(house, client, party)
    yield "mails that need a person", client.get("/mails/uk-nl").data
    yield "export", house.say("export", "--as", party).encode()
    yield "round", house.say("meetings", "show", "JS-R05", "--as", party).encode()
    yield "offer", house.say("meetings", "show", "JS-R10", "--as", party).encode()


def searched(house: House, party: str) -> Iterator[tuple[str, bytes]]:
    """Yield what plans and explanations made for a side say."""
    span = ("--from", "2026-11-23", "--to", "2027-12-31")
    yield "plan", house.say("plan", "propose", *span, "--as", party).encode()
    yield "explanation", house.say("explain", "date", "JS-R07", str(SECRET_DAY), "--as", party).encode()
    again = house.read("plan", "replan", *span, "--as", party)
    yield "plan again", json.dumps(again, ensure_ascii=False).encode()
    yield "difference", house.say("plan", "compare", again["key"], "--as", party).encode()
    yield "what cannot be", house.say("explain", "plan", "--as", party).encode()


def of_the_ledger(house: House, client: FlaskClient, party: str) -> Iterator[tuple[str, bytes]]:
    """Yield everything that a side can get out of the ledger of commitments."""
    yield "commitments", house.say("commitments", "list", "--json", "--as", party).encode()
    for key in ("JS-C26", "JS-C27", "JS-C28"):
        yield f"commitment {key}", house.say("commitments", "show", key, "--json", "--as", party).encode()
        yield f"commitment page {key}", client.get(f"/commitment/uk-nl/{key}").data
    searched = house.say("commitments", "search", canary(OTHER[party]), "--json", "--as", party)
    yield "search for what is not there", searched.encode()
    house.say("commitments", "export", "--out", f"{party}.csv", "--as", party)
    yield "table of commitments", Path(f"{party}.csv").read_bytes()


def mails(house: House, engine: Engine, party: str) -> Iterator[tuple[str, bytes]]:
    """Yield every mail that went to a post of a side, unpacked to the words of its attachments."""
    with reading(engine, operator(), clock.now()) as work:
        homes = {post.mailbox for post in posts(work, "uk-nl") if post.party == party}
    homes |= {letter["address"] for letter in house.read("letters", "list", "--as", party)}
    for file in house.mail:
        message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        if message["To"].addresses[0].addr_spec in homes:
            yield file.name, b"\n".join((str(message).encode(), *_attached(message)))


def _attached(message: EmailMessage) -> Iterator[bytes]:
    for part in message.walk():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            yield opened((part.get_filename() or "").rpartition(".")[2], content)


def readable(file: Path) -> bytes:
    """Return the words of a file with its metadata, unpacked where it is packed."""
    return opened(file.suffix.removeprefix("."), file.read_bytes())
