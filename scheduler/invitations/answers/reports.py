"""What a report on the delivery of a letter says (RFC 3464, RFC 3463). Pure.

Owns whether a letter came back, for good or for now. A notice that a letter is late is no failure: its server goes on.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message
from enum import StrEnum

from scheduler.ical.text import clean_text

LONGEST = 500
MAILBOX_FULL = (2, 2)
"""Subject and detail of a full mailbox, which is no lasting fault whatever its class (RFC 3463, section 3.3)."""

_STATUS = re.compile(r"\s*([245])\.(\d{1,3})\.(\d{1,3})")
_REPLY = re.compile(r"\b([245])\d\d\b")


class Delivery(StrEnum):
    """What became of a letter; the gravest first."""

    BOUNCED = "bounced"
    """Its address does not take it, now or later."""
    GIVEN_UP = "given_up"
    """It was not taken for now, and its server gave up."""
    DELAYED = "delayed"
    """It was not taken yet; its server goes on trying."""
    ARRIVED = "arrived"


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a letter, and the words of whoever reports it."""

    delivery: Delivery
    words: str


def read_report(parts: Iterable[Message]) -> Report | None:
    """Return the gravest thing that the parts of a mail report of a recipient; ``None`` where none says anything."""
    found = [report for part in parts if (report := _of_recipient(part))]
    return min(found, key=lambda report: list(Delivery).index(report.delivery), default=None)


def _of_recipient(fields: Message) -> Report | None:
    """Return what the fields about one recipient say (RFC 3464, section 2.3)."""
    action, status, diagnosis = (_field(fields, name) for name in ("Action", "Status", "Diagnostic-Code"))
    if not action:
        return None
    words = " ".join(value for value in (action, status, diagnosis) if value)[:LONGEST]
    match action.lower().split()[0]:
        case "failed":
            return Report(Delivery.GIVEN_UP if _is_for_now(status, diagnosis) else Delivery.BOUNCED, words)
        case "delayed":
            return Report(Delivery.DELAYED, words)
        case "delivered" | "relayed" | "expanded":
            return Report(Delivery.ARRIVED, words)
        case _:
            return None


def _is_for_now(status: str, diagnosis: str) -> bool:
    """Tell whether a failure is one of class 4, by the status, or without one by the reply of the server."""
    known = _STATUS.match(status)
    if known:
        kind, subject, detail = (int(part) for part in known.groups())
        return kind == 4 or (subject, detail) == MAILBOX_FULL
    reply = _REPLY.search(diagnosis)
    return reply is not None and reply[1] == "4"


def _field(fields: Message, name: str) -> str:
    return " ".join(clean_text(str(fields.get(name, ""))[:LONGEST]).split())
