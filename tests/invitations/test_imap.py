"""The mailbox on real IMAP servers: what is handed out, what goes wrong, and that nothing is lost or doubled."""

import os
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from imap_tools import MailMessageFlags
from sqlalchemy import Engine

from scheduler.errors import Unavailable
from scheduler.invitations.answers.mailbox import Folder, Imap, Waiting, mailbox
from scheduler.invitations.answers.mails import LARGEST
from scheduler.invitations.answers.reading import Read, read_mailbox
from scheduler.settings import read_settings
from tests.builders import UK
from tests.invitations.answering import PARTIES, STAMP, answered, came, stands
from tests.invitations.mail_servers import KINDS, MailServer, free_port, running
from tests.invitations.stage import NOW, meeting, press, seen

DESK = "uk/organised-crime-desk"
SMALL = b"From: desk@uk.example\r\nSubject: one\r\n\r\n.dots\r\n..and \xe9\r\n"


@pytest.fixture(scope="session", params=KINDS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    with running(request.param, tmp_path_factory.mktemp(request.param)) as found:
        yield found


@pytest.fixture(params=KINDS)
def own_server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MailServer]:
    """Return a server that the test may end."""
    with running(request.param, tmp_path) as found:
        yield found


def contents(box: Imap) -> list[bytes]:
    with box.open() as tray:
        return [entry.content for entry in tray.waiting()]


def put_away_first(box: Imap) -> None:
    with box.open() as tray:
        tray.put_away(next(tray.waiting()))


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
def test_a_mail_is_handed_out_until_it_is_put_away(server: MailServer, security: str) -> None:
    account = server.account(security)
    box = server.mailbox(account)
    assert contents(box) == []
    server.deliver(account, SMALL, SMALL.replace(b"one", b"two"))
    assert contents(box) == contents(box) == [SMALL, SMALL.replace(b"one", b"two")]
    put_away_first(box)
    assert contents(box) == [SMALL.replace(b"one", b"two")]
    assert (server.count(account.folder), server.count(account.read)) == (1, 1)


def test_where_no_folder_is_named_what_was_read_is_marked_and_what_was_deleted_stays(
    server: MailServer,
) -> None:
    account = server.account(read="")
    server.deliver(account, SMALL, SMALL.replace(b"one", b"two"), SMALL.replace(b"one", b"three"))
    with server.owner() as owner:
        owner.folder.set(account.folder)
        owner.client.uid("STORE", owner.uids()[2], "+FLAGS", f"({MailMessageFlags.DELETED})")
    put_away_first(server.mailbox(account))
    assert contents(server.mailbox(account)) == [SMALL.replace(b"one", b"two")]
    assert server.count(account.folder) == 3


def test_of_a_large_mail_no_more_is_fetched_than_shows_that_it_is_too_large(server: MailServer) -> None:
    account = server.account()
    server.deliver(account, SMALL + b"x" * (LARGEST + 500_000))
    (content,) = contents(server.mailbox(account))
    assert content == (SMALL + b"x" * LARGEST)[: LARGEST + 1]


def test_two_that_put_the_same_mail_away_move_it_once_or_twice_but_lose_nothing(server: MailServer) -> None:
    account = server.account()
    server.deliver(account, SMALL, SMALL.replace(b"one", b"two"))
    box = server.mailbox(account)
    with box.open() as first, box.open() as second:
        (mine, _), (theirs, _) = list(first.waiting()), list(second.waiting())
        first.put_away(mine)
        second.put_away(theirs)
        assert [entry.content for entry in second.waiting()] == [SMALL.replace(b"one", b"two")]
    assert (server.count(account.folder), server.count(account.read)) == (1, 1)


def test_where_mails_are_numbered_anew_none_is_touched(server: MailServer) -> None:
    account = server.account()
    server.deliver(account, SMALL)
    with server.mailbox(account).open() as tray:
        (mine,) = tray.waiting()
        with pytest.raises(Unavailable, match="numbered anew"):
            tray.put_away(Waiting(f"{tray.validity + 1}/{mine.name.partition('/')[2]}", b""))
        with server.owner() as owner:
            owner.folder.delete(account.folder)
            owner.folder.create(account.folder)
        server.deliver(account, SMALL.replace(b"one", b"another"))
        with pytest.raises(Unavailable, match="numbered anew"):
            tray.put_away(mine)
    assert contents(server.mailbox(account)) == [SMALL.replace(b"one", b"another")]


@pytest.mark.parametrize(
    ("changes", "said", "remedy"),
    [
        ({"password": "wrong"}, "the server says NO", "IMAP_USER and IMAP_PASSWORD must be"),
        (
            {"folder": "nowhere"},
            "the server says NO",
            "IMAP_FOLDER must be a folder of the account, 'nowhere'",
        ),
        ({"user": "dï", "password": "gé"}, "", ""),
        (
            {"host": "127.0.0.1", "security": "starttls"},
            "the certificate is refused",
            "it must name 127.0.0.1",
        ),
        ({"security": "tls"}, "", "IMAP_SECURITY must be what the server speaks"),
        ({"host": "nowhere.invalid"}, "", "mails wait there"),
    ],
)
def test_what_goes_wrong_is_named_with_its_place_and_its_remedy(
    server: MailServer, changes: dict[str, str], said: str, remedy: str
) -> None:
    account = replace(server.account(), **changes)  # type: ignore[arg-type]
    with pytest.raises(Unavailable) as caught, server.mailbox(account).open():
        pass
    assert caught.value.place == f"{account.host}:{account.port}"
    assert said in caught.value.message["en"]
    assert remedy in caught.value.remedy["en"]
    assert account.password not in str(caught.value)


def test_a_certificate_that_nobody_signed_is_refused_unless_the_machine_trusts_it(
    server: MailServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    account = server.account("tls")
    settings = replace(read_settings(tmp_path / "none"), mailbox="imap", imap=account)
    with pytest.raises(Unavailable, match="certificate is refused"), mailbox(settings).open():
        pass
    monkeypatch.setitem(os.environ, "SSL_CERT_FILE", str(server.certificate))
    with mailbox(settings).open() as tray:
        assert list(tray.waiting()) == []


def test_a_server_that_is_silent_or_not_there(tmp_path: Path, server: MailServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        account = server.account(host="127.0.0.1", port=silent.getsockname()[1], seconds=1)
        with pytest.raises(Unavailable, match="no answer in time"), server.mailbox(account).open():
            pass
    with (
        pytest.raises(Unavailable, match="Connection refused"),
        server.mailbox(replace(account, port=free_port())).open(),
    ):
        pass
    assert mailbox(read_settings(tmp_path / "none")) == Folder(Path("var/inbox"))


def test_a_mail_that_the_server_cannot_read_keeps_no_other_waiting(tmp_path: Path) -> None:
    """Dovecot hangs up where it cannot read a file."""
    with running("dovecot", tmp_path) as server:
        account = server.account()
        server.deliver(account, *(SMALL.replace(b"one", word) for word in (b"one", b"two", b"three")))
        assert len(contents(server.mailbox(account))) == 3  # from now on the files keep their names
        second = next(
            file
            for file in server.mails.rglob("*")
            if file.is_file() and b"Subject: two" in file.read_bytes()
        )
        second.chmod(0)
        with server.mailbox(account).open() as tray:
            found = []
            for entry in tray.waiting():
                found.append(entry.content)
                tray.put_away(entry)
        assert found == [SMALL, SMALL.replace(b"one", b"three")]
        second.chmod(0o600)
        assert contents(server.mailbox(account)) == [SMALL.replace(b"one", b"two")]


@pytest.fixture
def uid(engine: Engine) -> str:
    uid = meeting(engine)
    press(engine, uid)
    return uid


def desk(engine: Engine, uid: str) -> str:
    found = seen(engine, UK, uid).address_of(DESK)
    assert found
    return found


def test_a_line_that_is_lost_loses_no_mail(engine: Engine, uid: str, own_server: MailServer) -> None:
    account = own_server.account()
    own_server.deliver(
        account, answered(uid, desk(engine, uid)), answered(uid, desk(engine, uid), "DECLINED")
    )

    def cut() -> object:
        own_server.die()
        return NOW

    read = read_mailbox(engine, own_server.mailbox(account), PARTIES, cut)  # type: ignore[arg-type]
    assert (read.taken, read.failed) == (1, 1)
    assert read.problem.startswith(f"localhost:{own_server.plain}: ")
    assert stands(engine, UK, uid)[DESK] == "yes"


def test_any_number_may_read_at_once(engine: Engine, uid: str, server: MailServer) -> None:
    account = server.account()
    mails = [
        answered(uid, desk(engine, uid), sequence=0, stamp=STAMP.replace(minute=minute))
        for minute in range(8)
    ]
    server.deliver(account, *mails, *mails)
    with ThreadPoolExecutor(3) as pool:
        reads = list(
            pool.map(lambda _: read_mailbox(engine, server.mailbox(account), PARTIES, lambda: NOW), range(3))
        )
    assert [read.problem for read in reads] == [""] * 3
    assert sum(read.failed for read in reads) == 0
    assert sum(read.taken for read in reads) == 8
    assert len(came(engine, UK, uid)) == 8
    assert read_mailbox(engine, server.mailbox(account), PARTIES, lambda: NOW) == Read()
    assert (server.count(account.folder), stands(engine, UK, uid)[DESK]) == (0, "yes")
