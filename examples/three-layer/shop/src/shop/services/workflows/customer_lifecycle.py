"""The life cycle of customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shop.domain.errors import ValidationError
from shop.domain.events import CustomerStatusChanged
from shop.domain.value_objects import CustomerAction, CustomerStatus

if TYPE_CHECKING:
    from shop.domain.entities import Customer


class CustomerLifecycle:
    """A state machine: an action leads a customer from one status to the next.

    Example:
        ```python
        from shop.domain.entities import Customer
        from shop.domain.value_objects import CustomerAction
        from shop.services.workflows.customer_lifecycle import CustomerLifecycle

        customer = Customer.register("Ada", "ada@example.com")
        active, event = CustomerLifecycle().advance(
            customer, CustomerAction.ACTIVATE
        )
        print(active.status)
        # active
        ```

        <!-- As a doctest:
        >>> from shop.domain.entities import Customer
        >>> customer = Customer.register("Ada", "ada@example.com")
        >>> active, event = CustomerLifecycle().advance(
        ...     customer, CustomerAction.ACTIVATE
        ... )
        >>> print(active.status)
        active

        -->
    """

    def advance(
        self, customer: Customer, action: CustomerAction
    ) -> tuple[Customer, CustomerStatusChanged]:
        """Take a step.

        Args:
            customer (Customer): The customer as known so far.
            action (CustomerAction): The step.

        Raises:
            ConflictError: If the present status does not allow the step.
            ValidationError: If the action is no step of the life cycle.

        Returns:
            tuple[Customer, CustomerStatusChanged]: The customer after the step, and the
                event that tells of it.

        Example:
            ```python
            from shop.domain.entities import Customer
            from shop.domain.value_objects import CustomerAction
            from shop.services.workflows.customer_lifecycle import CustomerLifecycle

            customer = Customer.register("Ada", "ada@example.com")
            _, event = CustomerLifecycle().advance(customer, CustomerAction.CLOSE)
            print(event.previous, event.current)
            # pending closed
            ```

            <!-- As a doctest:
            >>> from shop.domain.entities import Customer
            >>> customer = Customer.register("Ada", "ada@example.com")
            >>> _, event = CustomerLifecycle().advance(customer, CustomerAction.CLOSE)
            >>> print(event.previous, event.current)
            pending closed

            -->
        """
        advanced = customer.move_to(status_after(action))
        event = CustomerStatusChanged(
            customer_id=customer.id, previous=customer.status, current=advanced.status
        )
        return advanced, event


def status_after(action: CustomerAction) -> CustomerStatus:
    """Look up where an action leads.

    Args:
        action (CustomerAction): The action.

    Raises:
        ValidationError: If it is no step of the life cycle.

    Returns:
        CustomerStatus: The status of a customer after it.

    Example:
        ```python
        from shop.domain.value_objects import CustomerAction
        from shop.services.workflows.customer_lifecycle import status_after

        status_after(CustomerAction.SUSPEND).value
        # 'suspended'
        ```

        <!-- As a doctest:
        >>> status_after(CustomerAction.SUSPEND).value
        'suspended'

        -->
    """
    match action:
        case CustomerAction.ACTIVATE:
            return CustomerStatus.ACTIVE
        case CustomerAction.SUSPEND:
            return CustomerStatus.SUSPENDED
        case CustomerAction.CLOSE:
            return CustomerStatus.CLOSED
        case _:
            raise ValidationError(f"To {action} is no step of the life cycle")
