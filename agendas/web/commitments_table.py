"""The ledger as a table: out for spreadsheets, and in again with a preview before anything is kept."""

import re

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from agendas.commitments.importing import Step, apply_import, export_rows, plan_import, sides_of
from agendas.commitments.table import write_table
from agendas.commitments.wording import word
from agendas.web.commitments_texts import words
from scheduler.accounts.rules import Act
from scheduler.db.work import Work
from scheduler.errors import BadFile, BadInput
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.web.kit.door import acting, reading_page
from scheduler.web.kit.language import language

pages = Blueprint("commitments_table", __name__)

MOST_SHOWN = 500
"""Lines of a preview; all of them are kept."""

_LINE = re.compile(r"^line (?=\d)")


@pages.get("/commitments/<partnership>/table.csv")
def download(partnership: str) -> Response:
    """Return what both sides have in the ledger as CSV."""
    with reading_page() as work:
        content = write_table(export_rows(work, partnership), sides_of(work, partnership))
    answer = Response(content, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{partnership}-commitments.csv"'
    return answer


@pages.get("/commitments/<partnership>/table")
def show(partnership: str) -> str:
    """Show the form for a table."""
    with reading_page(Act.NOTE) as work:
        return _page(work, partnership)


@pages.post("/commitments/<partnership>/table")
def take_in(partnership: str) -> Answer | str | tuple[str, int]:
    """Preview a table, or keep what it would change; one with a mistake changes nothing."""
    content = _sent()
    try:
        if request.form.get("step") == "keep":
            with acting(Act.NOTE) as work:
                number = apply_import(work, partnership, plan_import(work, partnership, content))
            flash(words("page.table_kept", number=number))
            return redirect(url_for("commitments.show_all", partnership=partnership))
        with reading_page(Act.NOTE) as work:
            steps = plan_import(work, partnership, content)
            return _page(work, partnership, steps, content=content.decode("utf-8-sig"))
    except BadInput as error:
        problems = error.problems if isinstance(error, BadFile) else [error]
        with reading_page(Act.NOTE) as work:
            pasted = request.form.get("text", "")
            return _page(work, partnership, content=pasted, problems=problems), 400


def _sent() -> bytes:
    sent = request.files.get("file")
    if sent is not None and sent.filename:
        return bytes(sent.read())
    return request.form.get("text", "").encode()


def _page(
    work: Work,
    partnership: str,
    steps: tuple[Step, ...] | None = None,
    *,
    content: str = "",
    problems: list[BadInput] | None = None,
) -> str:
    changes = [step for step in steps or () if step.act not in {"unchanged", "waiting"}]
    return render_template(
        "web/commitments_table.html",
        partnership=find_partnership(work, partnership),
        steps=steps,
        shown=[step for step in steps or () if step.act != "unchanged"][:MOST_SHOWN],
        changes=len(changes),
        content=content,
        problems=problems,
        said_of=_said_of,
        words=words,
        act_word=lambda step: word(step.act, language()),
    )


def _said_of(problem: BadInput) -> str:
    """Return a mistake of a table in the language of the page, its line too."""
    return _LINE.sub(f"{words('page.line').lower()} ", problem.line(language()))
