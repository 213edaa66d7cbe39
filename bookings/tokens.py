"""Bearer tokens: 256 random bits for the bearer, a SHA-256 digest for us."""

import hashlib
import secrets


def new_token() -> tuple[str, str]:
    """A fresh token and its digest; only the digest may be stored."""
    token = secrets.token_urlsafe(32)
    return token, digest_of(token)


def digest_of(token: str) -> str:
    """The digest under which a token is stored: 64 hexadecimal characters."""
    return hashlib.sha256(token.encode()).hexdigest()
