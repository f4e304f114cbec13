"""The composition root: the only file that knows every room and the wing ``agendas``, and joins them."""

import importlib
import sys
from functools import partial
from typing import Any

import click
import structlog
from flask import Flask
from sqlalchemy import Engine, MetaData

from agendas.cli import agenda as agenda_commands
from agendas.cli import commitments as commitment_commands
from agendas.cli import outcomes as outcome_commands
from agendas.cli import pack as pack_commands
from agendas.cli import report as report_commands
from agendas.commitments.programme import sections
from agendas.deadlines import agenda_deadlines
from agendas.distribution.notes import tell_offers, untold
from agendas.rendering.checking import check_templates
from agendas.versions.queries import has_joint_agenda
from agendas.web import (
    agenda,
    agenda_item,
    agenda_order,
    agenda_papers,
    agenda_talks,
    agenda_versions,
    commitments,
    commitments_table,
    outcomes,
    pack,
    report,
)
from scheduler import jobs
from scheduler.cli import (
    accounts,
    answers,
    closed_days,
    diaries,
    explain,
    feeds,
    hosts,
    installation,
    invitations,
    letters,
    meetings,
    obligations,
    owed,
    plan,
    posts,
    programmes,
    reminders,
)
from scheduler.cli.kit import CommandLine, Shell
from scheduler.db.base import Base
from scheduler.db.engine import make_engine
from scheduler.memory import settle
from scheduler.reminders.queries import AgendaDeadlines
from scheduler.settings import Settings, read_settings
from scheduler.web.application import build
from scheduler.web.kit.door import Panels

TABLES = (
    "scheduler.audit.tables",
    "scheduler.partnerships.tables",
    "scheduler.partnerships.holders.tables",
    "scheduler.sources.tables",
    "scheduler.outbox.tables",
    "scheduler.accounts.tables",
    "scheduler.obligations.tables",
    "scheduler.meetings.tables",
    "scheduler.diaries.tables",
    "scheduler.planning.tables",
    "scheduler.planning.requests.tables",
    "scheduler.invitations.tables",
    "scheduler.invitations.answers.tables",
    "scheduler.invitations.proposals.tables",
    "scheduler.reminders.tables",
    "scheduler.feeds.tables",
    "agendas.commitments.tables",
    "agendas.versions.tables",
    "agendas.negotiation.tables",
    "agendas.outcomes.tables",
    "agendas.distribution.tables",
)
"""Every module that declares tables: what the migrations create."""

COMMANDS: tuple[click.Command, ...] = (
    programmes.load,
    programmes.export,
    programmes.list_partnerships,
    owed.show_owed,
    meetings.meetings_group,
    obligations.interval,
    obligations.skips_group,
    obligations.links_group,
    hosts.hosts_group,
    plan.plan_group,
    closed_days.closed_days_group,
    explain.explain_group,
    accounts.accounts_group,
    diaries.diaries_group,
    feeds.feed_group,
    invitations.delegation_group,
    invitations.invitations_group,
    answers.answers_group,
    posts.posts_group,
    installation.migrate,
    installation.serve,
    installation.start,
    letters.letters_group,
    letters.tick_once,
    letters.work,
    reminders.reminders_group,
    agenda_commands.agenda_group,
    commitment_commands.commitments_group,
    outcome_commands.outcomes_group,
    pack_commands.pack_group,
    report_commands.report,
)


AGENDA_DEADLINES: AgendaDeadlines = agenda_deadlines
"""What tells reminders what agendas want by a day."""

AGENDA_LETTERS = jobs.AgendaLetters(lambda work: bool(untold(work)), tell_offers)
"""What tells a side that the other one has offered an agenda."""


def metadata() -> MetaData:
    """Return the tables of all rooms."""
    for name in TABLES:
        importlib.import_module(name)
    return Base.metadata


def check(settings: Settings) -> None:
    """Raise ``BadInput`` for a template of the ministry that could not be used, before anybody asks for a document."""
    if settings.agenda_templates:
        check_templates(settings.agenda_templates)


def create_app(
    settings: Settings | None = None,
    engine: Engine | None = None,
    agenda_deadlines: AgendaDeadlines = AGENDA_DEADLINES,
) -> Flask:
    """Return the web application; without arguments, for the installation that the settings name.

    Raises ``BadInput`` for a template of the ministry that could not be used, before anybody asks for a document.
    """
    settings = settings or read_settings()
    check(settings)
    return build(
        engine=engine or make_engine(settings.database_url),
        settings=settings,
        blueprints=(
            agenda.pages,
            agenda_item.pages,
            agenda_order.pages,
            agenda_papers.pages,
            agenda_talks.pages,
            agenda_versions.pages,
            commitments.pages,
            commitments_table.pages,
            outcomes.pages,
            pack.pages,
            report.pages,
        ),
        panels=Panels(meeting=(agenda.panel, outcomes.panel), obligation=(commitments.panel,)),
        agenda_deadlines=agenda_deadlines,
        has_joint_agenda=has_joint_agenda,
    )


def log_to_standard_error() -> None:
    """Write the log as JSON lines beside the output, with tracebacks that never show the values of variables."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def command_line(agenda_deadlines: AgendaDeadlines = AGENDA_DEADLINES) -> click.Group:
    """Return the command line with the commands of every room."""

    @click.group(name="dialogues", cls=CommandLine, context_settings={"help_option_names": ["-h", "--help"]})
    @click.pass_context
    def dialogues(context: click.Context) -> None:
        """Standing dialogues between governments: what is owed, when it is held, what is on the agenda."""
        settings = read_settings()
        engine = make_engine(settings.database_url)
        context.call_on_close(engine.dispose)
        of_agendas: dict[str, Any] = {
            "agendas": agenda_deadlines,
            "has_joint_agenda": has_joint_agenda,
            "letters": AGENDA_LETTERS,
        }
        context.obj = Shell(
            settings=settings,
            engine=engine,
            sections=sections(),
            create_app=partial(create_app, agenda_deadlines=agenda_deadlines),
            start_ticks=partial(jobs.start_ticking, **of_agendas),
            keep_ticking=partial(jobs.keep_ticking, **of_agendas),
            tick=partial(jobs.tick_once, **of_agendas),
            agenda_deadlines=agenda_deadlines,
            has_joint_agenda=has_joint_agenda,
            draft_agendas=agenda_commands.draft_agendas,
            check=check,
        )

    for command in COMMANDS:
        dialogues.add_command(command)
    return dialogues


def main() -> None:
    """Run one command."""
    log_to_standard_error()
    settle()
    command_line()(prog_name="dialogues")
