"""What the sides say to each other about an agenda, at the command line: offers, agreement, freezing, verifying."""

from pathlib import Path

import click

from agendas.cli.agenda_kit import item_key, on_round, round_uid, today
from agendas.negotiation import actions
from agendas.negotiation.export import exported, verified
from agendas.negotiation.queries import comments, verify
from agendas.versions.queries import frozen, the_draft, the_version
from agendas.versions.stored import ORDER, subjects
from scheduler.accounts.rules import Act
from scheduler.cli.kit import Shell, acting, as_json, in_partnership, pass_shell, print_json, write_file
from scheduler.errors import BadInput, Conflict, NotFound


@click.command()
@on_round
@click.argument("items", metavar="[ITEM]...", nargs=-1)
@click.option("--remark", default="", help="A word to the other side; it stands in the covering note.")
@pass_shell
def offer(
    shell: Shell,
    *,
    items: tuple[str, ...],
    remark: str,
    reference: str,
    named: str | None,
    partnership: str | None,
) -> None:
    """Offer your side's agenda to the other side: all of it, or the ITEMs named. Offering is agreeing."""
    with shell.work(named, Act.NEGOTIATE) as work:
        uid = round_uid(work, partnership, reference)
        content = the_draft(work, uid).content
        chosen = [item if item == ORDER else item_key(content, item) for item in items] or None
        number = actions.offer(work, uid, chosen, remark)
    click.echo(f"Offered as joint version {number}.")


@click.command(name="take-in")
@on_round
@pass_shell
def take_in(shell: Shell, *, reference: str, named: str | None, partnership: str | None) -> None:
    """Take the newest joint version into your side's own agenda; what both changed is named."""
    with shell.work(named, Act.EDIT_AGENDA) as work:
        uid = round_uid(work, partnership, reference)
        number = actions.take_in(work, uid, today())
        conflicts = len(the_draft(work, uid).conflicts)
    click.echo(f"Version {number} of your side is kept." + (f" To settle: {conflicts}." if conflicts else ""))


@click.command()
@on_round
@click.argument("items", metavar="[ITEM]...", nargs=-1)
@click.option("--version", "number", type=int, required=True, help="The joint version that you have read.")
@pass_shell
def sign(
    shell: Shell,
    *,
    items: tuple[str, ...],
    number: int,
    reference: str,
    named: str | None,
    partnership: str | None,
) -> None:
    """Agree for your side to the ITEMs named, or to all, as the version that you have read says them."""
    with shell.work(named, Act.NEGOTIATE) as work:
        uid = round_uid(work, partnership, reference)
        content = the_version(work, uid, number).content
        known = subjects(content)
        chosen = [item if item == ORDER else item_key(content, item) for item in items] or list(known)
        new = actions.sign(work, uid, {subject: known[subject] for subject in chosen})
    click.echo(f"Agreed: {len(new)} items.")


@click.command()
@on_round
@click.argument("item", metavar="ITEM")
@pass_shell
def withdraw(shell: Shell, *, item: str, reference: str, named: str | None, partnership: str | None) -> None:
    """Take your side's agreement to ITEM back, as long as the agenda is not frozen."""
    with shell.work(named, Act.NEGOTIATE) as work:
        uid = round_uid(work, partnership, reference)
        content = the_version(work, uid).content
        actions.withdraw(work, uid, item if item == ORDER else item_key(content, item))
    click.echo("The agreement is withdrawn.")


@click.command()
@on_round
@click.argument("item", metavar="ITEM")
@click.argument("text", metavar="TEXT")
@click.option("--both", "is_joint", is_flag=True, help="For both sides; for your side alone when left out.")
@pass_shell
def comment(
    shell: Shell,
    *,
    item: str,
    text: str,
    is_joint: bool,
    reference: str,
    named: str | None,
    partnership: str | None,
) -> None:
    """Write a remark on ITEM, or on running-order."""
    with shell.work(named, Act.NEGOTIATE if is_joint else Act.EDIT_AGENDA) as work:
        uid = round_uid(work, partnership, reference)
        found = the_version(work, uid) if is_joint else the_draft(work, uid)
        subject = item if item == ORDER else item_key(found.content, item)
        actions.comment(work, uid, subject, text, joint=is_joint)
    click.echo("The remark is kept.")


@click.command(name="comments")
@on_round
@as_json
@pass_shell
def list_comments(
    shell: Shell, *, as_json: bool, reference: str, named: str | None, partnership: str | None
) -> None:
    """List the remarks on an agenda that your side may read."""
    with shell.reading(named, Act.DRAFT) as work:
        found = comments(work, round_uid(work, partnership, reference))
    if as_json:
        print_json(
            [
                {
                    "item": entry.subject,
                    "text": entry.text,
                    "for": entry.layer or "both",
                    "side": entry.side,
                    "name": entry.name,
                    "at": entry.at,
                }
                for entry in found
            ]
        )
        return
    for entry in found:
        click.echo(f"{entry.subject} ({entry.layer or 'both'}), {entry.name}: {entry.text}")


@click.command()
@on_round
@pass_shell
def freeze(shell: Shell, *, reference: str, named: str | None, partnership: str | None) -> None:
    """Freeze what both sides have agreed to: both names and times are kept under a seal."""
    with shell.work(named, Act.NEGOTIATE) as work:
        number = actions.freeze(work, round_uid(work, partnership, reference))
    click.echo(f"Version {number} is frozen.")


@click.command(name="verify")
@click.argument("reference", metavar="MEETING|FILE")
@click.option("--version", "number", type=int, help="A frozen version; the newest when left out.")
@acting
@in_partnership
@as_json
@pass_shell
def verify_agenda(
    shell: Shell,
    *,
    reference: str,
    number: int | None,
    as_json: bool,
    named: str | None,
    partnership: str | None,
) -> None:
    """Check that a frozen agenda is what both sides froze: that of MEETING, or a FILE that `agenda export` wrote."""
    file = Path(reference)
    if file.suffix == ".json":
        found = verified(_read(file), file.name)
    else:
        with shell.reading(named, Act.DRAFT) as work:
            found = verify(work, round_uid(work, partnership, reference), number)
    if as_json:
        print_json(
            {
                "version": found.version,
                "intact": found.is_intact,
                "seal": found.sealed,
                "content_has": found.found,
            }
        )
    if not found.is_intact:
        raise Conflict(
            f"version {found.version} was altered: its seal is {found.sealed}, its content has {found.found}",
            remedy="compare it with the export of the other side",
        )
    if not as_json:
        click.echo(f"Version {found.version} is what both sides froze. Seal {found.sealed}.")


@click.command()
@on_round
@click.option("--version", "number", type=int, help="A frozen version; the newest when left out.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File to write.")
@pass_shell
def export(
    shell: Shell,
    *,
    number: int | None,
    out: Path,
    reference: str,
    named: str | None,
    partnership: str | None,
) -> None:
    """Write a frozen version as JSON with its seal, which `agenda verify` checks without a database."""
    if out.suffix != ".json":
        raise BadInput(f"{out.name!r} is no name for it", place="--out", remedy="name the file agenda.json")
    with shell.reading(named, Act.DRAFT) as work:
        uid = round_uid(work, partnership, reference)
        found = the_version(work, uid, number) if number else frozen(work, uid)
        if found is None:
            raise NotFound(
                "no version of this agenda is frozen", remedy="both sides agree, then either freezes it"
            )
        content = exported(found)
    write_file(out, content)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", place=str(file)) from error


COMMANDS: tuple[click.Command, ...] = (
    offer, take_in, sign, withdraw, comment, list_comments, freeze, verify_agenda, export,
)  # fmt: skip
