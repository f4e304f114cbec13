"""Commands that run an installation: bring the database up to date, serve, and the first start that does everything.

One process serves pages and feeds and ticks beside them; any number of further processes may tick too.
"""

from pathlib import Path

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from sqlalchemy.engine import make_url

from scheduler.cli import first_start
from scheduler.cli.kit import Shell, Ticks, pass_shell
from scheduler.db import schema
from scheduler.memory import settle

THREADS = 8


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn carries no types
    """Gunicorn with one worker of threads: what SQLite can use. More processes are a matter of ``wsgi.py``."""

    def __init__(self, shell: Shell, ready: str) -> None:
        """Serve the shell's installation, ticking beside it, and say ``ready`` once requests are answered."""
        self._shell, self._ready = shell, ready
        self._ticks: Ticks | None = None
        shell.engine.dispose()  # a database connection must not be inherited by the worker
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults; among them its control socket in the home folder."""
        for name, value in {
            "bind": f"{self._shell.settings.listen_host}:{self._shell.settings.listen_port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": THREADS,
            "control_socket_disable": True,
            "loglevel": "warning",
            "post_worker_init": lambda _worker: self._serving(),
            "worker_exit": lambda _server, _worker: self._ending(),
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Build the application in the worker."""
        application = self._shell.create_app(self._shell.settings, self._shell.engine)
        settle()
        return application

    def _serving(self) -> None:
        self._ticks = self._shell.start_ticks(self._shell.settings, self._shell.engine)
        click.echo(self._ready)

    def _ending(self) -> None:
        if self._ticks:
            self._ticks.shutdown()


@click.command()
@pass_shell
def migrate(shell: Shell) -> None:
    """Bring the database to the revision of this program, or make one."""
    prepare_database(shell.settings.database_url)
    click.echo("The database is at the newest revision.")


@click.command()
@pass_shell
def serve(shell: Shell) -> None:
    """Serve pages and feeds, tick, and search for plans."""
    schema.require_current(shell.engine)
    shell.check(shell.settings)
    Server(shell, f"Serving on {shell.settings.public_url}").run()


@click.command()
@click.option("--prepare-only", is_flag=True, help="Do everything but serve.")
@pass_shell
def start(shell: Shell, *, prepare_only: bool) -> None:
    """Migrate, load the shipped programme into an empty database, plan, draft, and serve."""
    shell.check(shell.settings)
    prepare_database(shell.settings.database_url)
    prepared, welcome = first_start.prepare(shell)
    if prepare_only:
        click.echo(welcome)
    else:
        Server(prepared, welcome).run()


def prepare_database(address: str) -> None:
    """Make the folder of a SQLite file, which only its owner may enter, and migrate."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    schema.migrate(address)
