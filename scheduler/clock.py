"""The one place that asks what time it is.

Doors read it once for each unit of work and hand the answer down as ``now``; nothing below a door reads a clock.
"""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present instant: aware, in UTC, to the second (calendars and mail know nothing finer)."""
    return datetime.now(UTC).replace(microsecond=0)
