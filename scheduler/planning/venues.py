"""Where a round may take place, and from when until when it is working time there.

Owns the reading of a host rule: which parties may host, and whose office hours hold where none does. Who hosts in the
end is chosen in ``hosts``; how long a round lasts, and which day it has, is not asked here. Pure.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from scheduler.dates.slots import OfficeHours, common_hours
from scheduler.planning.problem import HOSTED_BY_A_PARTY, Hosting, Round, Series
from scheduler.planning.wording import written_out
from scheduler.words import Words

Span = tuple[datetime, datetime]
Offices = tuple[OfficeHours, ...]

OF_HOST = {"en": "office hours of {host}", "nl": "kantooruren van {host}"}
IN_COMMON = {"en": "office hours that all sides share", "nl": "kantooruren die alle zijden delen"}
FROM_UNTIL = {"en": "{opens} to {closes} ({zone})", "nl": "{opens} tot {closes} ({zone})"}
NONE = {"en": "none", "nl": "geen"}


def may_host(series: Series, host: str) -> bool:
    """Tell whether the host rule allows a party to host."""
    allowed = (series.hosting.party,) if series.hosting.rule == "fixed" else series.parties
    return series.hosting.rule in HOSTED_BY_A_PARTY and host in allowed


def candidates(series: Series, round_: Round) -> tuple[str | None, ...]:
    """Return who may host a round, as its rule and people say; ``None`` alone where no party hosts.

    One whose date both sides know keeps its host, unless people asked for another or the rule no longer allows it.
    """
    if series.hosting.rule not in HOSTED_BY_A_PARTY:
        return (None,)
    known = round_.issued.host if round_.issued else None
    kept = known if known and may_host(series, known) else None
    asked = (round_.pin.host if round_.pin else None) or round_.host or kept
    allowed = (asked,) if asked else series.parties
    return tuple(party for party in allowed if may_host(series, party)) or allowed


def offices_at(
    office_hours: Mapping[str, OfficeHours], hosting: Hosting, parties: tuple[str, ...], host: str | None
) -> Offices:
    """Return the office hours that a round keeps to: those of its host; with none, those of all parties.

    In a third place everybody keeps the hours of home by the clocks there; where no zone is named, by those of the
    first party. Nothing is asked where no hours are known.
    """
    attending = (host,) if host else parties
    offices = tuple(office_hours[party] for party in attending if party in office_hours)
    if hosting.rule != "third_place":
        return offices
    return tuple(
        OfficeHours(hosting.zone or offices[0].zone, office.opens, office.closes) for office in offices
    )


@lru_cache(maxsize=8192)
def working_time(day: date, offices: Offices) -> Span | None:
    """Return from when until when all offices work on ``day``, aware, in the zone of the first; ``None`` if never."""
    return common_hours(day, offices, offices[0].zone)


def stated_start(series: Series) -> time | None:
    """Return when a round of a series begins, if a source or a named person says so: that does not give way."""
    return None if "start_time" in series.assumed else series.start


def lasts_long_enough(span: Span | None, hours: int, start: time | None = None) -> bool:
    """Tell whether a round of ``hours`` fits into a span, from ``start`` on where that is given."""
    if span is None:
        return False
    opens, closes = span
    begins = datetime.combine(opens.date(), start, tzinfo=opens.tzinfo) if start else opens
    return opens <= begins and closes - begins >= timedelta(hours=hours)


def whose_hours(name: Words | None) -> Words:
    """Return the words for whose office hours hold: those of a host with a name, or everybody's."""
    return written_out(OF_HOST, host=name) if name else IN_COMMON


def write_span(span: Span | None) -> Words:
    """Return a span in words, with its zone."""
    if span is None:
        return NONE
    opens, closes = span
    return written_out(FROM_UNTIL, opens=f"{opens:%H:%M}", closes=f"{closes:%H:%M}", zone=str(opens.tzinfo))
