"""Tests of who may do what with customers."""

from __future__ import annotations

import pytest

from shop.domain.errors import ForbiddenError
from shop.domain.value_objects import CustomerAction, Role
from shop.services.policies.customer_access import LEAST_ROLES, CustomerPolicy
from tests.fixtures.factories import ActorFactory


class TestCustomerPolicy:
    """The role of who acts decides."""

    @pytest.mark.parametrize(
        ("role", "granted"),
        [
            (Role.VIEWER, {CustomerAction.READ}),
            (
                Role.AGENT,
                {
                    CustomerAction.READ,
                    CustomerAction.CREATE,
                    CustomerAction.REFER,
                    CustomerAction.ACTIVATE,
                },
            ),
            (Role.MANAGER, set(CustomerAction)),
        ],
    )
    def test_role_decides(self, role: Role, granted: set[CustomerAction]) -> None:
        """What is not granted is refused.

        Args:
            role (Role): Role of who acts.
            granted (set[CustomerAction]): What the role is trusted with.
        """
        policy, actor = CustomerPolicy(), ActorFactory.build(role=role)
        for action in granted:
            policy.demand(actor, action)
        for action in set(CustomerAction) - granted:
            with pytest.raises(ForbiddenError, match=action):
                policy.demand(actor, action)

    def test_every_action_is_thought_of(self) -> None:
        """A new action needs a decision before it can be used."""
        assert LEAST_ROLES.keys() == set(CustomerAction)
