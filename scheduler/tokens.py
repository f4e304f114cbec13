"""The one place that makes random values: secrets in addresses, and identifiers that must never repeat.

A secret is shown once, to the person who asked for it; the database keeps only its digest.
"""

import hashlib
import secrets
import uuid


def new_secret() -> str:
    """Return a fresh secret of 256 bits that is safe in an address (43 characters of base64url)."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """Return the SHA-256 digest of a secret in hexadecimal: what the database keeps and looks up."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_identifier() -> str:
    """Return a random identifier without slashes (RFC 7986, section 5.3, wants random UIDs that tell nothing)."""
    return uuid.uuid4().hex
