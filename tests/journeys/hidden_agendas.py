"""What each side keeps to itself of an agenda that both negotiate, and all that a side can get out of agendas."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import Engine

from agendas.drafting.actions import start_draft
from agendas.negotiation import actions
from agendas.negotiation.desk import keep, open_desk
from agendas.negotiation.papers import KINDS, NOTE_KINDS
from agendas.versions import rules
from agendas.versions.content import Item, Place
from agendas.versions.queries import draft
from agendas.versions.stored import ORDER
from scheduler import clock
from scheduler.actor import side
from scheduler.db.work import unit_of_work
from tests.journeys.house import House

FIRST = ("opening", "adoption", "theme/JS-T3", ORDER)
"""What the first side offers; everything else stays its own."""


def keep_to_itself(engine: Engine, uid: str, party: str, canary: str, today: date) -> None:
    """Leave the canary in the brief of every item, in an item that is not offered, in a private remark, in a reason.

    The side that comes first offers some items, the other takes them in.
    """
    words = {"en": canary, "nl": canary}
    with unit_of_work(engine, side(party, f"{party} desk"), clock.now()) as work:
        if draft(work, uid) is None and party == "uk":
            start_draft(work, uid, today)
            actions.offer(work, uid, FIRST)
        else:
            actions.take_in(work, uid, today)
        desk = open_desk(work, uid, "own")
        content = rules.add(desk.content, Item(f"added/{canary}", rules.ADDED, words, lead=party, text=words))
        content = rules.edit(content, "opening", text=words)
        content = rules.place(content, "adoption", Place.WRITING, words)
        notes = {item.key: dict.fromkeys(NOTE_KINDS, canary) for item in content.items}
        keep(work, desk, content, today, notes=notes)
        actions.comment(work, uid, "opening", canary)


def of_the_agenda(house: House, client: FlaskClient, uid: str, party: str) -> Iterator[tuple[str, bytes]]:
    """Yield everything that a side can get out of the agenda of a round."""
    address = f"/meetings/{uid}/agenda"
    for name, kind, form in product(("joint", "own"), KINDS, ("docx", "pdf", "html", "md")):
        if (name, kind) == ("own", "covering"):
            continue
        file = Path(f"{party}-{name}-{kind}.{form}")
        words = ("--kind", kind, "--version", name, "--out", str(file), "--as", party)
        house.say("agenda", "document", uid, *words)
        yield f"{name} {kind} {form}", readable(file)
        yield f"{name} {kind} {form} page", client.get(f"{address}/papers/{kind}.{form}?version={name}").data
    for page in ("", "/own", "/joint", "/versions", "/versions/compare?before=joint&after=own"):
        yield f"agenda page {page}", client.get(f"{address}{page}").data
    for layer, item in product(("own", "joint"), ("opening", "theme/JS-T3")):
        yield f"{layer} {item}", client.get(f"{address}/{layer}/items/{item}").data
    for words in (("show",), ("show", "--version", "own"), ("versions",), ("comments",)):
        said = house.say("agenda", words[0], uid, *words[1:], "--json", "--as", party)
        yield f"agenda {' '.join(words)}", said.encode()
    yield "agenda diff", house.say("agenda", "diff", uid, "joint", "own", "--json", "--as", party).encode()
    stranger = client.get(f"{address}/own/items/added/canary{'nl' if party == 'uk' else 'uk'}canary")
    assert stranger.status_code == 404
    yield "item of the other side", stranger.data


def readable(file: Path) -> bytes:
    """Return the words of a file with its metadata, unpacked where it is packed."""
    raw = file.read_bytes()
    if file.suffix == ".docx":
        archive = zipfile.ZipFile(io.BytesIO(raw))
        return b"\n".join(archive.read(name) for name in archive.namelist())
    if file.suffix == ".pdf":
        read = PdfReader(io.BytesIO(raw))
        return "\n".join([str(read.metadata), *(page.extract_text() for page in read.pages)]).encode()
    return raw
