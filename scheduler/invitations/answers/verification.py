"""Whether a mail comes from whom it says: what our own relay found out and wrote on it (RFC 8601). Pure.

Anybody can write such a header. Only those that name our relay count, and of them only the topmost group, above which
no other hop has written and below which everything came with the mail; the relay has to take away what comes from
outside under its name (section 5).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

HEADER = "authentication-results"
LONGEST_RESULTS = 10_000
_WORD = re.compile(r"([A-Za-z0-9.\-_]+)\s*=\s*([^\s;]+)")


class Verification(StrEnum):
    """What is known of the sender of a mail."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    FAILED = "failed"


def verify(headers: Sequence[tuple[str, str]], relay: str, sender: str) -> Verification:
    """Return what ``relay`` says of the ``sender`` (an address) of a mail with these headers, the topmost first.

    DMARC (RFC 7489) decides, since it alone speaks of the address that is shown: ``fail`` is a failure, ``pass`` for
    the sender's domain verifies. Without either, a DKIM signature of that very domain verifies. A failed SPF or DKIM by
    itself proves nothing: forwarding and mailing lists cause it.
    """
    domain = sender.rpartition("@")[2].lower()
    if not relay or not domain:
        return Verification.UNVERIFIED
    found = [result for value in _own(headers, relay.lower()) for result in _results(value)]
    verdicts = {words["dmarc"].lower() for words in found if "dmarc" in words}
    if "fail" in verdicts:
        return Verification.FAILED
    by_policy = any(
        words.get("dmarc", "").lower() == "pass" and words.get("header.from", domain).lower() == domain
        for words in found
    )
    by_signature = any(
        words.get("dkim", "").lower() == "pass" and _signed_by(words) == domain for words in found
    )
    return Verification.VERIFIED if by_policy or by_signature else Verification.UNVERIFIED


def _signed_by(words: Mapping[str, str]) -> str:
    return (words.get("header.d") or words.get("header.i", "").rpartition("@")[2]).lower()


def _own(headers: Iterable[tuple[str, str]], relay: str) -> Iterator[str]:
    """Yield the results of our relay: those of the topmost group, which ends where another hop has written."""
    has_begun = False
    for name, value in headers:
        kind = name.lower()
        if kind == HEADER:
            identity, results = _split(value[:LONGEST_RESULTS])
            if identity == relay:
                has_begun = True
                yield results
        if has_begun and kind == "received":
            return


def _split(value: str) -> tuple[str, str]:
    """Return who speaks, in lower case, and what it says."""
    identity, _, results = _bare(value).partition(";")
    return (identity.split() or [""])[0].lower(), results


def _bare(value: str) -> str:
    """Return a header without its comments and without what is quoted, in which a sender may have had a say."""
    bare: list[str] = []
    depth, is_quoted, is_escaped = 0, False, False
    for character in value:
        if is_escaped:
            is_escaped = False
        elif character == "\\" and (depth or is_quoted):
            is_escaped = True
        elif character == '"' and not depth:
            is_quoted = not is_quoted
        elif is_quoted:
            continue
        elif character == "(":
            depth += 1
        elif character == ")" and depth:
            depth -= 1
        elif not depth:
            bare.append(character)
    return "".join(bare)


def _results(value: str) -> Iterator[dict[str, str]]:
    """Yield each result with what it is about: ``{"dmarc": "pass", "header.from": "a.example"}``."""
    for part in value.split(";"):
        words = {name.lower(): word for name, word in _WORD.findall(part)}
        if words:
            yield words
