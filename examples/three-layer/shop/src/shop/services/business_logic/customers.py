"""Use cases around customers."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from shop.domain.entities import AuditEntry, Customer
from shop.domain.errors import NotFoundError, ValidationError
from shop.domain.events import CustomerCreated
from shop.domain.value_objects import CustomerAction
from shop.services.policies.customer_access import CustomerPolicy
from shop.services.workflows.customer_lifecycle import take_step

if TYPE_CHECKING:
    from uuid import UUID

    from shop.domain.contracts import (
        AuditTrail,
        CustomerReader,
        CustomerRepository,
        EmailVerifier,
        EventPublisher,
    )
    from shop.domain.value_objects import Actor, LifecycleStep

logger = logging.getLogger(__name__)


class CustomerService:
    """Makes customers and leads them through their life cycle.

    Example:
        ```python
        import asyncio

        from shop.adapters.external_apis.email_verification import (
            TrustingEmailVerifier,
        )
        from shop.adapters.message_queues.event_bus import EventBus
        from shop.adapters.repositories.customers_in_memory import (
            InMemoryAuditTrail,
            InMemoryCustomerRepository,
        )
        from shop.domain.value_objects import Actor, CustomerAction, Role
        from shop.services.business_logic.customers import CustomerService

        service = CustomerService(
            InMemoryCustomerRepository(),
            Actor("ada", Role.MANAGER),
            audit=InMemoryAuditTrail(),
            events=EventBus(),
            verifier=TrustingEmailVerifier(),
        )


        async def activate() -> str:
            customer = await service.create_customer("Ada", "ada@example.com")
            active = await service.advance_customer(
                customer.id, CustomerAction.ACTIVATE
            )
            return active.status.value


        asyncio.run(activate())
        # 'active'
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from shop.adapters.external_apis.email_verification import (
        ...     TrustingEmailVerifier,
        ... )
        >>> from shop.adapters.message_queues.event_bus import EventBus
        >>> from shop.adapters.repositories.customers_in_memory import (
        ...     InMemoryAuditTrail,
        ...     InMemoryCustomerRepository,
        ... )
        >>> from shop.domain.value_objects import Actor, Role
        >>> service = CustomerService(
        ...     InMemoryCustomerRepository(),
        ...     Actor("ada", Role.MANAGER),
        ...     audit=InMemoryAuditTrail(),
        ...     events=EventBus(),
        ...     verifier=TrustingEmailVerifier(),
        ... )
        >>> async def activate() -> str:
        ...     customer = await service.create_customer("Ada", "ada@example.com")
        ...     active = await service.advance_customer(
        ...         customer.id, CustomerAction.ACTIVATE
        ...     )
        ...     return active.status.value
        >>> asyncio.run(activate())
        'active'

        -->
    """

    def __init__(
        self,
        repository: CustomerRepository,
        actor: Actor,
        *,
        audit: AuditTrail,
        events: EventPublisher,
        verifier: EmailVerifier,
    ) -> None:
        """Keep what the use cases need.

        Args:
            repository (CustomerRepository): Keeps the customers.
            actor (Actor): On whose behalf everything is done.
            audit (AuditTrail): Remembers what was done.
            events (EventPublisher): Makes known what has happened.
            verifier (EmailVerifier): Knows whether mail can be delivered.

        Example:
            ```python
            from shop.adapters.external_apis.email_verification import (
                TrustingEmailVerifier,
            )
            from shop.adapters.message_queues.event_bus import EventBus
            from shop.adapters.repositories.customers_in_memory import (
                InMemoryAuditTrail,
                InMemoryCustomerRepository,
            )
            from shop.domain.value_objects import Actor, Role
            from shop.services.business_logic.customers import CustomerService

            service = CustomerService(
                InMemoryCustomerRepository(),
                Actor("ada", Role.MANAGER),
                audit=InMemoryAuditTrail(),
                events=EventBus(),
                verifier=TrustingEmailVerifier(),
            )
            ```

            <!-- As a doctest:
            >>> from shop.adapters.external_apis.email_verification import (
            ...     TrustingEmailVerifier,
            ... )
            >>> from shop.adapters.message_queues.event_bus import EventBus
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryAuditTrail,
            ...     InMemoryCustomerRepository,
            ... )
            >>> from shop.domain.value_objects import Actor, Role
            >>> service = CustomerService(
            ...     InMemoryCustomerRepository(),
            ...     Actor("ada", Role.MANAGER),
            ...     audit=InMemoryAuditTrail(),
            ...     events=EventBus(),
            ...     verifier=TrustingEmailVerifier(),
            ... )

            -->
        """
        self._repository = repository
        self._actor = actor
        self._audit = audit
        self._events = events
        self._verifier = verifier
        self._policy = CustomerPolicy()

    async def create_customer(self, name: str, email: str) -> Customer:
        """Make somebody a customer.

        Args:
            name (str): The name as typed.
            email (str): The e-mail address as typed.

        Raises:
            ForbiddenError: If the actor may not do this.
            ValidationError: If the name or the address breaks a rule, or if mail
                cannot be delivered there.
            ConflictError: If somebody else has the e-mail address.
            ExternalServiceError: If something that is needed cannot be reached.

        Returns:
            Customer: The new customer.

        Example:
            ```python
            import asyncio

            from shop.adapters.external_apis.email_verification import (
                TrustingEmailVerifier,
            )
            from shop.adapters.message_queues.event_bus import EventBus
            from shop.adapters.repositories.customers_in_memory import (
                InMemoryAuditTrail,
                InMemoryCustomerRepository,
            )
            from shop.domain.value_objects import Actor, Role
            from shop.services.business_logic.customers import CustomerService

            service = CustomerService(
                InMemoryCustomerRepository(),
                Actor("ada", Role.MANAGER),
                audit=InMemoryAuditTrail(),
                events=EventBus(),
                verifier=TrustingEmailVerifier(),
            )
            customer = asyncio.run(
                service.create_customer("Ada", "Ada@example.com")
            )
            customer.email.value
            # 'ada@example.com'
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.adapters.external_apis.email_verification import (
            ...     TrustingEmailVerifier,
            ... )
            >>> from shop.adapters.message_queues.event_bus import EventBus
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryAuditTrail,
            ...     InMemoryCustomerRepository,
            ... )
            >>> from shop.domain.value_objects import Actor, Role
            >>> service = CustomerService(
            ...     InMemoryCustomerRepository(),
            ...     Actor("ada", Role.MANAGER),
            ...     audit=InMemoryAuditTrail(),
            ...     events=EventBus(),
            ...     verifier=TrustingEmailVerifier(),
            ... )
            >>> customer = asyncio.run(
            ...     service.create_customer("Ada", "Ada@example.com")
            ... )
            >>> customer.email.value
            'ada@example.com'

            -->
        """
        self._policy.demand(self._actor, CustomerAction.CREATE)
        customer = Customer.register(name, email)
        if not await self._verifier.is_deliverable(customer.email):
            message = "Mail cannot be delivered to the e-mail address"
            raise ValidationError(message)
        created = await self._repository.create(customer)
        await self._remember(CustomerAction.CREATE, created.id)
        await self._events.publish(CustomerCreated(customer_id=created.id))
        logger.info("Customer created", extra={"customer_id": created.id})
        return created

    async def advance_customer(
        self, customer_id: UUID, step: LifecycleStep
    ) -> Customer:
        """Lead a customer a step through the life cycle.

        Args:
            customer_id (UUID): Identifier of the customer.
            step (LifecycleStep): The step.

        Raises:
            ForbiddenError: If the actor may not do this.
            NotFoundError: If there is no such customer.
            ConflictError: If the status of the customer does not allow the step, or if
                somebody else changes the customer meanwhile.
            ExternalServiceError: If something that is needed cannot be reached.

        Returns:
            Customer: The customer after the step.

        Example:
            ```python
            import asyncio

            from shop.adapters.external_apis.email_verification import (
                TrustingEmailVerifier,
            )
            from shop.adapters.message_queues.event_bus import EventBus
            from shop.adapters.repositories.customers_in_memory import (
                InMemoryAuditTrail,
                InMemoryCustomerRepository,
            )
            from shop.domain.value_objects import Actor, CustomerAction, Role
            from shop.services.business_logic.customers import CustomerService

            service = CustomerService(
                InMemoryCustomerRepository(),
                Actor("ada", Role.MANAGER),
                audit=InMemoryAuditTrail(),
                events=EventBus(),
                verifier=TrustingEmailVerifier(),
            )


            async def activate() -> str:
                customer = await service.create_customer("Ada", "ada@example.com")
                active = await service.advance_customer(
                    customer.id, CustomerAction.ACTIVATE
                )
                return active.status.value


            asyncio.run(activate())
            # 'active'
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.adapters.external_apis.email_verification import (
            ...     TrustingEmailVerifier,
            ... )
            >>> from shop.adapters.message_queues.event_bus import EventBus
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryAuditTrail,
            ...     InMemoryCustomerRepository,
            ... )
            >>> from shop.domain.value_objects import Actor, Role
            >>> service = CustomerService(
            ...     InMemoryCustomerRepository(),
            ...     Actor("ada", Role.MANAGER),
            ...     audit=InMemoryAuditTrail(),
            ...     events=EventBus(),
            ...     verifier=TrustingEmailVerifier(),
            ... )
            >>> async def activate() -> str:
            ...     customer = await service.create_customer("Ada", "ada@example.com")
            ...     active = await service.advance_customer(
            ...         customer.id, CustomerAction.ACTIVATE
            ...     )
            ...     return active.status.value
            >>> asyncio.run(activate())
            'active'

            -->
        """
        self._policy.demand(self._actor, step)
        customer = await demand_customer(self._repository, customer_id)
        advanced, event = take_step(customer, step)
        kept = await self._repository.update(advanced, customer)
        await self._remember(step, customer_id)
        await self._events.publish(event)
        logger.info(
            "Customer advanced",
            extra={"customer_id": customer_id, "status": kept.status},
        )
        return kept

    async def _remember(self, action: CustomerAction, customer_id: UUID) -> None:
        """Add to the audit log.

        Args:
            action (CustomerAction): What was done.
            customer_id (UUID): The customer it was done to.

        Example:
            ```python
            import asyncio

            from shop.adapters.external_apis.email_verification import (
                TrustingEmailVerifier,
            )
            from shop.adapters.message_queues.event_bus import EventBus
            from shop.adapters.repositories.customers_in_memory import (
                InMemoryAuditTrail,
                InMemoryCustomerRepository,
            )
            from shop.domain.entities import Customer
            from shop.domain.value_objects import Actor, CustomerAction, Role
            from shop.services.business_logic.customers import CustomerService

            audit = InMemoryAuditTrail()
            service = CustomerService(
                InMemoryCustomerRepository(),
                Actor("ada", Role.MANAGER),
                audit=audit,
                events=EventBus(),
                verifier=TrustingEmailVerifier(),
            )


            async def remember() -> list[str]:
                customer = Customer.register("Ada", "ada@example.com")
                await service._remember(CustomerAction.CREATE, customer.id)
                entries = await audit.list_by_customer(customer.id)
                return [entry.action.value for entry in entries]


            asyncio.run(remember())
            # ['create']
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.adapters.external_apis.email_verification import (
            ...     TrustingEmailVerifier,
            ... )
            >>> from shop.adapters.message_queues.event_bus import EventBus
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryAuditTrail,
            ...     InMemoryCustomerRepository,
            ... )
            >>> from shop.domain.value_objects import Actor, Role
            >>> audit = InMemoryAuditTrail()
            >>> service = CustomerService(
            ...     InMemoryCustomerRepository(),
            ...     Actor("ada", Role.MANAGER),
            ...     audit=audit,
            ...     events=EventBus(),
            ...     verifier=TrustingEmailVerifier(),
            ... )
            >>> async def remember() -> list[str]:
            ...     customer = Customer.register("Ada", "ada@example.com")
            ...     await service._remember(CustomerAction.CREATE, customer.id)
            ...     entries = await audit.list_by_customer(customer.id)
            ...     return [entry.action.value for entry in entries]
            >>> asyncio.run(remember())
            ['create']

            -->
        """
        await self._audit.append(AuditEntry.of(self._actor, action, customer_id))


async def demand_customer(customers: CustomerReader, customer_id: UUID) -> Customer:
    """Find a customer who has to be there.

    Args:
        customers (CustomerReader): Finds customers.
        customer_id (UUID): Identifier of the customer.

    Raises:
        NotFoundError: If there is no such customer.

    Returns:
        Customer: The customer.

    Example:
        ```python
        import asyncio
        from uuid import UUID

        from shop.adapters.repositories.customers_in_memory import (
            InMemoryCustomerRepository,
        )
        from shop.domain.errors import NotFoundError
        from shop.services.business_logic.customers import demand_customer

        try:
            asyncio.run(demand_customer(InMemoryCustomerRepository(), UUID(int=0)))
        except NotFoundError as error:
            print(error)
        # There is no customer 00000000-0000-0000-0000-000000000000
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from uuid import UUID
        >>> from shop.adapters.repositories.customers_in_memory import (
        ...     InMemoryCustomerRepository,
        ... )
        >>> try:
        ...     asyncio.run(demand_customer(InMemoryCustomerRepository(), UUID(int=0)))
        ... except NotFoundError as error:
        ...     print(error)
        There is no customer 00000000-0000-0000-0000-000000000000

        -->
    """
    customer = await customers.get_by_id(customer_id)
    if customer is None:
        raise NotFoundError(f"There is no customer {customer_id}")
    return customer
