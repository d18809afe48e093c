"""Tests of the life cycle of customers."""

from __future__ import annotations

import pytest

from shop.domain.errors import ConflictError, ValidationError
from shop.domain.value_objects import CustomerAction, CustomerStatus
from shop.services.workflows.customer_lifecycle import CustomerLifecycle
from tests.fixtures.factories import CustomerFactory


class TestCustomerLifecycle:
    """An action leads to a status, or is refused."""

    def test_step_tells_where_it_came_from(self) -> None:
        """The event knows both ends of the step."""
        customer = CustomerFactory.build()
        advanced, event = CustomerLifecycle().advance(customer, CustomerAction.ACTIVATE)
        assert advanced.id == event.customer_id == customer.id
        assert event.previous is CustomerStatus.PENDING
        assert event.current is advanced.status is CustomerStatus.ACTIVE

    def test_illegal_step_is_refused(self) -> None:
        """Who has never been active cannot be suspended."""
        with pytest.raises(ConflictError, match="pending cannot become suspended"):
            CustomerLifecycle().advance(CustomerFactory.build(), CustomerAction.SUSPEND)

    @pytest.mark.parametrize(
        "action",
        [
            CustomerAction.CREATE,
            CustomerAction.READ,
            CustomerAction.REFER,
            CustomerAction.AUDIT,
        ],
    )
    def test_other_actions_are_no_steps(self, action: CustomerAction) -> None:
        """Not everything that is done with a customer leads on.

        Args:
            action (CustomerAction): What is done.
        """
        with pytest.raises(ValidationError, match="no step"):
            CustomerLifecycle().advance(CustomerFactory.build(), action)
