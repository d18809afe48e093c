"""Tests of the redaction."""

from __future__ import annotations

import pytest

from shop.utils.redaction import Redactor


@pytest.mark.parametrize(
    "name", ["password", "DB_PASSWORD", "X-Api-Key", "access_token", "Authorization"]
)
def test_secret_fields_are_masked(name: str) -> None:
    """A telling name hides the value, with a key as well as without.

    Args:
        name: Name of the field.
    """
    assert Redactor().redact_field(name, "hunter2") == "***"
    assert Redactor("key").redact_field(name, "hunter2") == "***"


def test_personal_data_is_masked_without_a_key() -> None:
    """Without a key nothing of the person remains."""
    assert Redactor().redact_field("email", "ada@example.com") == "***"


def test_pseudonyms_can_be_matched() -> None:
    """One person has one pseudonym under one key, in a field and in a text."""
    first = Redactor("key").redact_field("email", "Ada@example.com")
    assert Redactor("key").redact_text("of ada@example.com") == f"of {first}"
    assert Redactor("other").redact_field("email", "ada@example.com") != first
    assert "ada" not in str(first)


def test_containers_are_searched() -> None:
    """Secrets inside containers are found."""
    value = {"items": [{"token": "t"}, ("ada@example.com", 1)], "count": None}
    assert Redactor().redact(value) == {
        "items": [{"token": "***"}, ["***", 1]],
        "count": None,
    }


def test_credentials_of_urls_are_masked() -> None:
    """The address of a server may be shown, its user and password may not."""
    text = "connecting to redis://user:hunter2@cache:6379/0"
    assert Redactor().redact_text(text) == "connecting to redis://***@cache:6379/0"


def test_long_words_are_no_burden() -> None:
    """A hostile request cannot keep the redaction busy."""
    text = "x" * 1_000_000
    assert Redactor().redact_text(text) == text


def test_key_is_not_shown() -> None:
    """The key does not leak through the representation."""
    assert "hunter2" not in repr(Redactor("hunter2"))
