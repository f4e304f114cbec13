"""The whole way: an invitation leaves by SMTP, a calendar program's answer comes into an account on an IMAP server."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from scheduler.db.work import unit_of_work
from scheduler.errors import Unavailable
from scheduler.invitations import actions
from scheduler.jobs import tick, tick_once
from scheduler.outbox.rules import Fate
from scheduler.settings import Settings, read_settings
from tests.builders import NL, OPERATOR, UK
from tests.invitations.answering import came, report, stands, waiting
from tests.invitations.mail_servers import MailServer, free_port, running
from tests.invitations.programs import PROGRAMS, parsed_address
from tests.invitations.stage import LETTERHEAD, NOW, Got, meeting, parsed, seen
from tests.outbox.relay import Relay, relay

HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    with running("pymap", tmp_path_factory.mktemp("pymap")) as found:
        yield found


@pytest.fixture
def post_office() -> Iterator[Relay]:
    with relay() as found:
        yield found


@pytest.fixture
def settings(server: MailServer, post_office: Relay, tmp_path: Path) -> Settings:
    plain = read_settings(tmp_path / "none")
    account = server.account()
    return replace(
        plain,
        mailer="smtp",
        smtp_port=post_office.port,
        mailbox="imap",
        imap=account,
        public_url=LETTERHEAD.public_url,
    )


@pytest.fixture
def uid(engine: Engine, settings: Settings) -> str:
    """Return a round whose invitations left by SMTP."""
    uid = meeting(engine)
    with unit_of_work(engine, UK, NOW) as work:
        actions.send(work, uid, LETTERHEAD, "")
    assert tick(engine, settings, NOW).fates[Fate.ACCEPTED] > 8
    return uid


def invited(post_office: Relay) -> list[tuple[str, Got]]:
    """Return the invitations that the relay took, with their addresses."""
    messages = [parsed(content) for _, content in post_office.taken]
    return [
        (parsed_address(message), Got("", message))
        for message in messages
        if message.get_content_type() == "multipart/mixed"
    ]


def test_the_answers_of_four_programs_come_back_by_themselves(
    engine: Engine, uid: str, settings: Settings, server: MailServer, post_office: Relay
) -> None:
    own = seen(engine, UK, uid)
    addresses = {(own.address_of(entry.post) or "").lower(): entry.post for entry in own.delegates}
    letters = {address.lower(): got for address, got in invited(post_office)}
    asked = [address for address in addresses if address in letters]
    statuses = {"Outlook": "ACCEPTED", "Google": "DECLINED", "Apple": "TENTATIVE", "Thunderbird": "ACCEPTED"}
    expected = {}
    for (program, shape), address in zip(PROGRAMS.items(), asked, strict=False):
        server.deliver(settings.imap, shape(letters[address], address, statuses[program]))
        expected[addresses[address]] = {"ACCEPTED": "yes", "DECLINED": "no"}.get(
            statuses[program], "tentative"
        )
    assert len(expected) == 4
    done = tick(engine, settings, NOW + HOUR)
    assert (done.read.taken, done.read.failed, done.read.problem) == (4, 0, "")
    shown = stands(engine, UK, uid)
    assert {post: status for post, status in shown.items() if status != "none"} == expected
    assert sorted(post for post, _, fate in came(engine, UK, uid) if fate == "counted") == sorted(expected)
    assert [waiting(engine, actor) for actor in (UK, NL, OPERATOR)] == [[], [], []]
    assert (server.count(settings.imap.folder), server.count(settings.imap.read)) == (0, 4)


def test_a_letter_that_came_back_is_chased_in_the_same_tick(
    engine: Engine, uid: str, settings: Settings, server: MailServer, post_office: Relay
) -> None:
    assert uid
    (address, got), *_ = invited(post_office)
    server.deliver(settings.imap, report(str(got.message["Message-ID"])))
    before = len(post_office.taken)
    tick(engine, settings, NOW + HOUR)
    ((recipient, content),) = post_office.taken[before:]
    assert recipient != address
    assert address in str(parsed(content).get_body(("plain",)))
    tick(engine, settings, NOW + 2 * HOUR)
    assert len(post_office.taken) == before + 1


@pytest.mark.usefixtures("uid")
def test_a_mailbox_that_cannot_be_read_is_named_and_the_rest_of_the_tick_goes_on(
    engine: Engine, settings: Settings, server: MailServer
) -> None:
    nowhere = replace(settings, imap=replace(settings.imap, port=free_port()))
    done = tick(engine, nowhere, NOW + HOUR)
    assert (done.went_wrong, set(done.given)) == (True, {"nl", "uk"})
    assert done.read.problem == (
        f"localhost:{nowhere.imap.port}: Connection refused (mails wait there until the server can be read again)"
    )
    with pytest.raises(Unavailable, match="Connection refused"):
        tick_once(nowhere, engine)
    assert server.count(settings.imap.folder) == 0
