"""Tests of the rules for users."""

from __future__ import annotations

import datetime as dt

import pytest

from shop.domain.errors import ValidationError
from shop.domain.models.user import EMAIL_MAX_LENGTH, NAME_MAX_LENGTH, User
from tests.factories import UserFactory


def test_input_is_normalised() -> None:
    """Case of the address and surrounding blanks do not matter."""
    user = User.create(" Ada@Example.COM ", " Ada Lovelace ")
    assert user.email == "ada@example.com"
    assert user.name == "Ada Lovelace"
    assert user.created_at.tzinfo is dt.UTC


@pytest.mark.parametrize("email", ["", "ada", "x" * EMAIL_MAX_LENGTH + "@example.com"])
def test_unfit_address_is_refused(email: str) -> None:
    """An address is one, and fits into its column.

    Args:
        email: The unfit address.
    """
    with pytest.raises(ValidationError, match="E-mail address is"):
        User.create(email, "Ada")


def test_address_is_one_in_lower_case() -> None:
    """Two addresses that differ in case only cannot exist side by side."""
    with pytest.raises(ValidationError, match="malformed"):
        UserFactory.build(email="Ada@example.com")


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("", "needs 2 to 100 characters"),
        (" A ", "needs 2 to 100 characters"),
        ("x" * (NAME_MAX_LENGTH + 1), "needs 2 to 100 characters"),
        ("A\u0000a", "holds characters that cannot be shown"),
        ("A\ud800a", "holds characters that cannot be shown"),
    ],
)
def test_unfit_name_is_refused(name: str, rule: str) -> None:
    """A name can be stored and shown.

    Args:
        name: The unfit name.
        rule: The rule that it breaks.
    """
    with pytest.raises(ValidationError, match=f"Name {rule}"):
        User.create("ada@example.com", name)


def test_representation_hides_personal_data() -> None:
    """A user can be logged by accident without harm."""
    user = UserFactory.build(name="Ada")
    assert user.email not in repr(user)
    assert "Ada" not in repr(user)
