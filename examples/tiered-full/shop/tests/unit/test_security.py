"""Tests of passwords and tokens."""

from __future__ import annotations

import datetime as dt

import pytest

from shop.core.config import ENV_PREFIX, SecuritySettings, load_settings
from shop.core.errors import ConfigurationError
from shop.core.security import (
    TokenRules,
    TokenUse,
    create_access_token,
    create_refresh_token,
    hash_password,
    read_subject,
    verify_password,
)

KEY = "k" * 32
RULES = TokenRules(KEY, dt.timedelta(minutes=5), dt.timedelta(days=1))
ADA = {"sub": "ada@example.com"}


def test_password_is_verified() -> None:
    """Only the password itself fits its hash."""
    hashed_password = hash_password("correct horse")
    assert "correct" not in hashed_password
    assert verify_password("correct horse", hashed_password)
    assert not verify_password("wrong horse", hashed_password)
    assert not verify_password("correct horse", None)


def test_token_is_good_for_one_use() -> None:
    """An access token refreshes nothing, a refresh token opens nothing."""
    access = create_access_token(ADA, RULES)
    refresh = create_refresh_token(ADA, RULES)
    assert read_subject(access, TokenUse.ACCESS, KEY) == "ada@example.com"
    assert read_subject(refresh, TokenUse.REFRESH, KEY) == "ada@example.com"
    assert read_subject(access, TokenUse.REFRESH, KEY) is None
    assert read_subject(refresh, TokenUse.ACCESS, KEY) is None


def test_unfit_token_names_nobody() -> None:
    """Neither an old, nor a foreign, nor a broken token is valid."""
    expired = TokenRules(KEY, dt.timedelta(minutes=-5), dt.timedelta(days=1))
    tokens = [
        create_access_token(ADA, expired),
        create_access_token(ADA, RULES)[:-4],
        "",
    ]
    assert [read_subject(token, TokenUse.ACCESS, KEY) for token in tokens] == [None] * 3
    token = create_access_token(ADA, RULES)
    assert read_subject(token, TokenUse.ACCESS, "f" * 32) is None


def test_representation_hides_the_key() -> None:
    """The key does not reach a log by accident."""
    assert KEY not in repr(RULES)


def test_key_is_demanded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Locally a key is made when it is missing; elsewhere the start ends.

    Args:
        monkeypatch: Changes the environment.
    """
    monkeypatch.delenv(f"{ENV_PREFIX}SECRET_KEY")
    key = load_settings(SecuritySettings).secret_key.get_secret_value()
    assert len(key) >= 32
    monkeypatch.setenv(f"{ENV_PREFIX}ENVIRONMENT", "production")
    with pytest.raises(ConfigurationError, match="settings: secret_key "):
        load_settings(SecuritySettings)
    monkeypatch.setenv(f"{ENV_PREFIX}SECRET_KEY", "short")
    with pytest.raises(ConfigurationError, match="settings: secret_key "):
        load_settings(SecuritySettings)
