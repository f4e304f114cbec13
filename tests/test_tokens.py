"""Secrets and identifiers: new each time, safe in an address, and told by their digest alone."""

import hashlib
import re

from scheduler.tokens import digest, new_identifier, new_secret


def test_a_secret_has_256_bits_and_is_safe_in_an_address() -> None:
    secrets = {new_secret() for _ in range(100)}
    assert len(secrets) == 100
    assert {bool(re.fullmatch(r"[A-Za-z0-9_-]{43}", secret)) for secret in secrets} == {True}


def test_an_identifier_tells_nothing_and_holds_no_slash() -> None:
    identifiers = {new_identifier() for _ in range(100)}
    assert len(identifiers) == 100
    assert {bool(re.fullmatch(r"[0-9a-f]{32}", identifier)) for identifier in identifiers} == {True}


def test_the_digest_is_sha_256() -> None:
    assert digest("secret é") == hashlib.sha256("secret é".encode()).hexdigest()
