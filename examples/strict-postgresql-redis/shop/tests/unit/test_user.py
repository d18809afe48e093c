"""Tests of the rules for users."""

from __future__ import annotations

import datetime as dt

import pytest

from shop.domain.entities import NAME_MAX_LENGTH, User
from shop.domain.value_objects import EMAIL_MAX_LENGTH, EmailAddress
from shop.exceptions import ValidationError
from tests.factories import UserFactory


def test_input_is_normalised() -> None:
    """Case and surrounding blanks of what a person types do not matter."""
    user = User.register(" Ada@Example.COM ", " Ada Lovelace ")
    assert user.email == EmailAddress("ada@example.com")
    assert user.name == "Ada Lovelace"
    assert user.created_at.tzinfo is dt.UTC


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ada",
        "ada@",
        "@example.com",
        "ada@example",
        "a da@example.com",
        "a\0da@example.com",
        "a@b..com",
    ],
)
def test_malformed_address_is_refused(text: str) -> None:
    """What cannot be an address is none.

    Args:
        text: The malformed address.
    """
    with pytest.raises(ValidationError, match="malformed"):
        EmailAddress.parse(text)


def test_overlong_address_is_refused() -> None:
    """An address fits into its column."""
    with pytest.raises(ValidationError, match="longer than"):
        EmailAddress("a" * EMAIL_MAX_LENGTH + "@example.com")


def test_address_is_one_in_lower_case() -> None:
    """Two addresses that differ in case only cannot exist side by side."""
    with pytest.raises(ValidationError, match="malformed"):
        EmailAddress("Ada@example.com")


@pytest.mark.parametrize(
    "name", ["", "  ", "x" * (NAME_MAX_LENGTH + 1), "two\nlines", "A\0da"]
)
def test_unfit_name_is_refused(name: str) -> None:
    """A name can be shown.

    Args:
        name: The unfit name.
    """
    with pytest.raises(ValidationError, match="Name is"):
        User.register("ada@example.com", name)


def test_change_keeps_the_identity() -> None:
    """A change touches the data, not the identity."""
    user = UserFactory.build()
    changed = user.change("new@example.com", "New")
    assert (changed.id, changed.created_at) == (user.id, user.created_at)
    assert (changed.email.value, changed.name) == ("new@example.com", "New")


def test_representation_hides_personal_data() -> None:
    """A user can be logged by accident without harm."""
    user = UserFactory.build(name="Ada")
    assert user.email.value not in repr(user)
    assert "Ada" not in repr(user)
