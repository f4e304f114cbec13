"""What a WSGI server loads: ``gunicorn wsgi:application``."""

from scheduler.app import create_app, log_to_standard_error
from scheduler.memory import settle

log_to_standard_error()
application = create_app()
settle()
