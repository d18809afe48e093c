"""Tests of the life cycle of customers."""

from __future__ import annotations

import pytest

from shop.domain.errors import ConflictError
from shop.domain.value_objects import CustomerAction, CustomerStatus
from shop.services.workflows.customer_lifecycle import take_step
from tests.fixtures.factories import CustomerFactory


class TestLifecycle:
    """A step leads to a status, or is refused."""

    def test_step_tells_where_it_came_from(self) -> None:
        """The event knows both ends of the step."""
        customer = CustomerFactory.build()
        advanced, event = take_step(customer, CustomerAction.ACTIVATE)
        assert advanced.id == event.customer_id == customer.id
        assert event.previous is CustomerStatus.PENDING
        assert event.current is advanced.status is CustomerStatus.ACTIVE

    def test_illegal_step_is_refused(self) -> None:
        """A customer who has never been active cannot be suspended."""
        with pytest.raises(ConflictError, match="pending cannot become suspended"):
            take_step(CustomerFactory.build(), CustomerAction.SUSPEND)
