"""Tests of passwords and tokens."""

from __future__ import annotations

import datetime as dt

import jwt
import pytest
from pydantic import SecretStr, ValidationError

import main


def test_password_is_verified() -> None:
    """Only the password itself fits its hash."""
    hashed_password = main.hasher.hash("correct horse")
    assert "correct" not in hashed_password
    assert main.verify_password("correct horse", hashed_password)
    assert not main.verify_password("wrong horse", hashed_password)
    assert not main.verify_password("correct horse", None)


def test_token_names_the_user_and_expires() -> None:
    """A token carries its user and the moment of its end."""
    settings = main.Settings(token_minutes=5)
    token = main.create_access_token("ada@example.com", settings)
    key = settings.secret_key.get_secret_value()
    claims = jwt.decode(token, key, algorithms=[main.ALGORITHM])
    assert claims["sub"] == "ada@example.com"
    assert claims["exp"] - claims["iat"] == dt.timedelta(minutes=5).total_seconds()


def test_short_key_is_refused() -> None:
    """A key that could be guessed does not sign anything."""
    with pytest.raises(ValidationError):
        main.Settings(secret_key=SecretStr("short"))
