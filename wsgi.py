"""What a WSGI server loads: ``gunicorn wsgi:application``."""

from scheduler.app import create_app

application = create_app()
