"""Tests of what roles are trusted with."""

from __future__ import annotations

import pytest

from shop.domain.value_objects import Role


@pytest.mark.parametrize(
    ("role", "included"),
    [
        (Role.VIEWER, {Role.VIEWER}),
        (Role.AGENT, {Role.VIEWER, Role.AGENT}),
        (Role.MANAGER, {Role.VIEWER, Role.AGENT, Role.MANAGER}),
    ],
)
def test_role_includes_those_before_it(role: Role, included: set[Role]) -> None:
    """Whoever is trusted with more may do what takes less.

    Args:
        role (Role): The role.
        included (set[Role]): The roles expected to be part of it.
    """
    assert {other for other in Role if role.includes(other)} == included
