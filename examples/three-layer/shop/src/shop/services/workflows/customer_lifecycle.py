"""The life cycle of customers: a state machine."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from shop.domain.events import CustomerStatusChanged
from shop.domain.value_objects import CustomerAction, CustomerStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shop.domain.entities import Customer
    from shop.domain.value_objects import LifecycleStep

STATUS_AFTER: Final[Mapping[LifecycleStep, CustomerStatus]] = MappingProxyType(
    {
        CustomerAction.ACTIVATE: CustomerStatus.ACTIVE,
        CustomerAction.SUSPEND: CustomerStatus.SUSPENDED,
        CustomerAction.CLOSE: CustomerStatus.CLOSED,
    }
)


def take_step(
    customer: Customer, step: LifecycleStep
) -> tuple[Customer, CustomerStatusChanged]:
    """Lead a customer from one status to the next.

    Args:
        customer (Customer): The customer as known so far.
        step (LifecycleStep): The step.

    Raises:
        ConflictError: If the present status does not allow the step.

    Returns:
        tuple[Customer, CustomerStatusChanged]: The customer after the step, and the
            event that tells of it.

    Example:
        ```python
        from shop.domain.entities import Customer
        from shop.domain.value_objects import CustomerAction
        from shop.services.workflows.customer_lifecycle import take_step

        customer = Customer.register("Ada", "ada@example.com")
        active, event = take_step(customer, CustomerAction.ACTIVATE)
        print(active.status, event.previous, event.current)
        # active pending active
        ```

        <!-- As a doctest:
        >>> from shop.domain.entities import Customer
        >>> customer = Customer.register("Ada", "ada@example.com")
        >>> active, event = take_step(customer, CustomerAction.ACTIVATE)
        >>> print(active.status, event.previous, event.current)
        active pending active

        -->
    """
    advanced = customer.move_to(STATUS_AFTER[step])
    event = CustomerStatusChanged(
        customer_id=customer.id, previous=customer.status, current=advanced.status
    )
    return advanced, event
