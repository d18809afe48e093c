"""Objects of the domain with an identity."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Self
from uuid import UUID, uuid4

from shop.domain.errors import ValidationError
from shop.domain.rules import clean_name, demand_transition
from shop.domain.value_objects import CustomerStatus, EmailAddress

if TYPE_CHECKING:
    from shop.domain.value_objects import Actor, CustomerAction


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """Who did what to which customer, and when.

    Attributes:
        id: Identifier of the entry.
        customer_id: The customer.
        actor: Name of who acted.
        action: What was done.
        happened_at: When it was done, in UTC.

    Example:
        ```python
        from uuid import uuid4

        from shop.domain.entities import AuditEntry
        from shop.domain.value_objects import CustomerAction

        entry = AuditEntry(
            customer_id=uuid4(), actor="ada", action=CustomerAction.CREATE
        )
        print(entry.actor, entry.action)
        # ada create
        ```

        <!-- As a doctest:
        >>> from shop.domain.value_objects import CustomerAction
        >>> entry = AuditEntry(
        ...     customer_id=uuid4(), actor="ada", action=CustomerAction.CREATE
        ... )
        >>> print(entry.actor, entry.action)
        ada create

        -->
    """

    id: UUID = dataclasses.field(default_factory=uuid4)
    customer_id: UUID
    actor: str
    action: CustomerAction
    happened_at: dt.datetime = dataclasses.field(
        default_factory=lambda: dt.datetime.now(dt.UTC)
    )

    @classmethod
    def of(cls, actor: Actor, action: CustomerAction, customer_id: UUID) -> Self:
        """Write down what is done now.

        Args:
            actor (Actor): Who does it.
            action (CustomerAction): What is done.
            customer_id (UUID): The customer it is done to.

        Returns:
            Self: The entry.

        Example:
            ```python
            from uuid import uuid4

            from shop.domain.entities import AuditEntry
            from shop.domain.value_objects import Actor, CustomerAction, Role

            manager = Actor("ada", Role.MANAGER)
            entry = AuditEntry.of(manager, CustomerAction.CLOSE, uuid4())
            print(entry.actor, entry.action)
            # ada close
            ```

            <!-- As a doctest:
            >>> from shop.domain.value_objects import Actor, CustomerAction, Role
            >>> manager = Actor("ada", Role.MANAGER)
            >>> entry = AuditEntry.of(manager, CustomerAction.CLOSE, uuid4())
            >>> print(entry.actor, entry.action)
            ada close

            -->
        """
        return cls(customer_id=customer_id, actor=actor.name, action=action)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Somebody who does business with us; a change makes a new object.

    Attributes:
        id: Identifier that never changes.
        name: Name to address the customer with.
        email: Address to write to; no two customers share one.
        status: Where the customer stands in the life cycle.
        created_at: Moment at which the customer became known, in UTC.

    Example:
        ```python
        from shop.domain.entities import Customer
        from shop.domain.value_objects import EmailAddress

        Customer(name="Ada", email=EmailAddress("ada@example.com")).status.value
        # 'pending'
        ```

        <!-- As a doctest:
        >>> Customer(name="Ada", email=EmailAddress("ada@example.com")).status.value
        'pending'

        -->
    """

    id: UUID = dataclasses.field(default_factory=uuid4)
    name: str = dataclasses.field(repr=False)
    email: EmailAddress
    status: CustomerStatus = CustomerStatus.PENDING
    created_at: dt.datetime = dataclasses.field(
        default_factory=lambda: dt.datetime.now(dt.UTC)
    )

    def __post_init__(self) -> None:
        """Refuse what cannot be a customer.

        Raises:
            ValidationError: If the name is unfit, or the moment has no offset.

        Example:
            ```python
            from shop.domain.entities import Customer
            from shop.domain.errors import ValidationError
            from shop.domain.value_objects import EmailAddress

            try:
                Customer(name="", email=EmailAddress("ada@example.com"))
            except ValidationError as error:
                print(error)
            # Name is empty
            ```

            <!-- As a doctest:
            >>> try:
            ...     Customer(name="", email=EmailAddress("ada@example.com"))
            ... except ValidationError as error:
            ...     print(error)
            Name is empty

            -->
        """
        if self.name != clean_name(self.name):
            message = "Name has needless blanks"
            raise ValidationError(message)
        if self.created_at.tzinfo is None:
            message = "Moment of creation has no time zone"
            raise ValidationError(message)

    @classmethod
    def register(cls, name: str, email: str) -> Self:
        """Make a customer of what a person typed.

        Args:
            name (str): The name.
            email (str): The e-mail address.

        Raises:
            ValidationError: If one of them breaks a rule.

        Returns:
            Self: A new customer, who is still pending.

        Example:
            ```python
            from shop.domain.entities import Customer

            customer = Customer.register(" Ada  Lovelace ", "Ada@example.com")
            print(customer.name, customer.email.value)
            # Ada Lovelace ada@example.com
            ```

            <!-- As a doctest:
            >>> customer = Customer.register(" Ada  Lovelace ", "Ada@example.com")
            >>> print(customer.name, customer.email.value)
            Ada Lovelace ada@example.com

            -->
        """
        return cls(name=clean_name(name), email=EmailAddress.parse(email))

    @property
    def may_refer(self) -> bool:
        """Tell whether the customer can bring others in.

        Returns:
            bool: Whether the customer is active.

        Example:
            ```python
            from shop.domain.entities import Customer
            from shop.domain.value_objects import CustomerStatus

            customer = Customer.register("Ada", "ada@example.com")
            print(
                customer.may_refer,
                customer.move_to(CustomerStatus.ACTIVE).may_refer,
            )
            # False True
            ```

            <!-- As a doctest:
            >>> customer = Customer.register("Ada", "ada@example.com")
            >>> print(
            ...     customer.may_refer,
            ...     customer.move_to(CustomerStatus.ACTIVE).may_refer,
            ... )
            False True

            -->
        """
        return self.status is CustomerStatus.ACTIVE

    def move_to(self, status: CustomerStatus) -> Self:
        """Change the status.

        Args:
            status (CustomerStatus): The status to be.

        Raises:
            ConflictError: If the present status does not lead there.

        Returns:
            Self: The customer in the new status.

        Example:
            ```python
            from shop.domain.entities import Customer
            from shop.domain.value_objects import CustomerStatus

            customer = Customer.register("Ada", "ada@example.com")
            customer.move_to(CustomerStatus.ACTIVE).status.value
            # 'active'
            ```

            <!-- As a doctest:
            >>> customer = Customer.register("Ada", "ada@example.com")
            >>> customer.move_to(CustomerStatus.ACTIVE).status.value
            'active'

            -->
        """
        demand_transition(self.status, status)
        return dataclasses.replace(self, status=status)
