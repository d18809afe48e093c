"""What has happened in the domain."""

from __future__ import annotations

import dataclasses
import datetime as dt
from uuid import UUID

from shop.domain.value_objects import CustomerStatus


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CustomerCreated:
    """There is a new customer.

    Attributes:
        customer_id: The customer.
        happened_at: When it happened, in UTC.

    Example:
        ```python
        from uuid import uuid4

        from shop.domain.events import CustomerCreated

        CustomerCreated(customer_id=uuid4()).happened_at.tzname()
        # 'UTC'
        ```

        <!-- As a doctest:
        >>> from uuid import uuid4
        >>> CustomerCreated(customer_id=uuid4()).happened_at.tzname()
        'UTC'

        -->
    """

    customer_id: UUID
    happened_at: dt.datetime = dataclasses.field(
        default_factory=lambda: dt.datetime.now(dt.UTC)
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CustomerStatusChanged:
    """A customer has taken a step in the life cycle.

    Attributes:
        customer_id: The customer.
        previous: The status before.
        current: The status since.
        happened_at: When it happened, in UTC.

    Example:
        ```python
        from uuid import uuid4

        from shop.domain.events import CustomerStatusChanged
        from shop.domain.value_objects import CustomerStatus

        event = CustomerStatusChanged(
            customer_id=uuid4(),
            previous=CustomerStatus.PENDING,
            current=CustomerStatus.ACTIVE,
        )
        print(event.previous, event.current)
        # pending active
        ```

        <!-- As a doctest:
        >>> from uuid import uuid4
        >>> event = CustomerStatusChanged(
        ...     customer_id=uuid4(),
        ...     previous=CustomerStatus.PENDING,
        ...     current=CustomerStatus.ACTIVE,
        ... )
        >>> print(event.previous, event.current)
        pending active

        -->
    """

    customer_id: UUID
    previous: CustomerStatus
    current: CustomerStatus
    happened_at: dt.datetime = dataclasses.field(
        default_factory=lambda: dt.datetime.now(dt.UTC)
    )


type CustomerEvent = CustomerCreated | CustomerStatusChanged
