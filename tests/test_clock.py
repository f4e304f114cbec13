"""The one clock: aware, in UTC, to the second."""

from datetime import UTC, datetime, timedelta

from scheduler.clock import now


def test_now_is_utc_to_the_second() -> None:
    before = datetime.now(UTC)
    instant = now()
    assert (instant.tzinfo, instant.microsecond) == (UTC, 0)
    assert before - timedelta(seconds=1) < instant <= datetime.now(UTC)
