"""Passwords and tokens."""

from __future__ import annotations

import dataclasses
import datetime as dt
import secrets
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import argon2
import jwt

if TYPE_CHECKING:
    from collections.abc import Mapping

ALGORITHM: Final = "HS256"

hasher = argon2.PasswordHasher()
# Compared when there is nothing to compare: the time of an answer tells nothing.
NO_PASSWORD: Final = hasher.hash(secrets.token_urlsafe())


class TokenUse(StrEnum):
    """What a token is good for."""

    ACCESS = "access"
    REFRESH = "refresh"


@dataclasses.dataclass(frozen=True, slots=True)
class TokenRules:
    """How tokens are made.

    Attributes:
        key: Signs the tokens.
        access_lifetime: Time until an access token expires.
        refresh_lifetime: Time until a refresh token expires.
    """

    key: str = dataclasses.field(repr=False)
    access_lifetime: dt.timedelta
    refresh_lifetime: dt.timedelta


def hash_password(password: str) -> str:
    """Hash a password, which takes its time on purpose.

    Args:
        password: The password.

    Returns:
        The hash.
    """
    return hasher.hash(password)


def verify_password(password: str, hashed_password: str | None) -> bool:
    """Compare a password with a hash; it takes as long when there is no hash.

    Args:
        password: The password as typed.
        hashed_password: The hash, or nothing if there is none.

    Returns:
        Whether they belong together.
    """
    try:
        hasher.verify(hashed_password or NO_PASSWORD, password)
    except argon2.exceptions.VerifyMismatchError:
        return False
    return hashed_password is not None


def create_access_token(data: Mapping[str, object], rules: TokenRules) -> str:
    """Sign a token that opens the interface for a short time.

    Args:
        data: Claims; ``sub`` names the user.
        rules: How tokens are made.

    Returns:
        The token.
    """
    return sign(data, TokenUse.ACCESS, rules.access_lifetime, rules.key)


def create_refresh_token(data: Mapping[str, object], rules: TokenRules) -> str:
    """Sign a token that can be exchanged for new tokens.

    Args:
        data: Claims; ``sub`` names the user.
        rules: How tokens are made.

    Returns:
        The token.
    """
    return sign(data, TokenUse.REFRESH, rules.refresh_lifetime, rules.key)


def sign(
    data: Mapping[str, object], use: TokenUse, lifetime: dt.timedelta, key: str
) -> str:
    """Sign a token.

    Args:
        data: Claims.
        use: What the token is good for.
        lifetime: Time until it expires.
        key: The key.

    Returns:
        The token.
    """
    now = dt.datetime.now(dt.UTC)
    claims = {**data, "use": use.value, "iat": now, "exp": now + lifetime}
    return jwt.encode(claims, key, algorithm=ALGORITHM)


def read_subject(token: str, use: TokenUse, key: str) -> str | None:
    """Check a token.

    Args:
        token: The token.
        use: What it has to be good for.
        key: The key.

    Returns:
        Whom it names, or nothing if it is not valid.
    """
    try:
        claims = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            options={"require": ["exp", "sub", "use"]},
        )
    except jwt.InvalidTokenError:
        return None
    subject: str = claims["sub"]
    return subject if claims["use"] == use else None
