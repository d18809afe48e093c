"""Use cases around customers who bring in others."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from shop.domain.entities import AuditEntry
from shop.domain.relationships import Referral
from shop.domain.value_objects import CustomerAction
from shop.services.business_logic.customers import demand_customer
from shop.services.policies.customer_access import CustomerPolicy

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from shop.domain.contracts import (
        AuditTrail,
        CustomerRepository,
        ReferralRepository,
    )
    from shop.domain.value_objects import Actor

logger = logging.getLogger(__name__)


class ReferralService:
    """Relates customers to those whom they have brought in.

    Example:
        ```python
        import asyncio

        from shop.adapters.repositories.customers_in_memory import (
            InMemoryAuditTrail,
            InMemoryCustomerRepository,
            InMemoryReferralRepository,
        )
        from shop.domain.entities import Customer
        from shop.domain.value_objects import Actor, CustomerStatus, Role
        from shop.services.business_logic.referrals import ReferralService


        async def count() -> int:
            customers = InMemoryCustomerRepository()
            ada = Customer.register("Ada", "ada@example.com")
            ada = await customers.create(ada.move_to(CustomerStatus.ACTIVE))
            eve = await customers.create(
                Customer.register("Eve", "eve@example.com")
            )
            service = ReferralService(
                customers,
                InMemoryReferralRepository(),
                InMemoryAuditTrail(),
                Actor("bob", Role.AGENT),
            )
            await service.refer(ada.id, eve.id)
            return len(await service.list_referred(ada.id))


        asyncio.run(count())
        # 1
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from shop.adapters.repositories.customers_in_memory import (
        ...     InMemoryAuditTrail,
        ...     InMemoryCustomerRepository,
        ...     InMemoryReferralRepository,
        ... )
        >>> from shop.domain.entities import Customer
        >>> from shop.domain.value_objects import Actor, CustomerStatus, Role
        >>> async def count() -> int:
        ...     customers = InMemoryCustomerRepository()
        ...     ada = Customer.register("Ada", "ada@example.com")
        ...     ada = await customers.create(ada.move_to(CustomerStatus.ACTIVE))
        ...     eve = await customers.create(
        ...         Customer.register("Eve", "eve@example.com")
        ...     )
        ...     service = ReferralService(
        ...         customers,
        ...         InMemoryReferralRepository(),
        ...         InMemoryAuditTrail(),
        ...         Actor("bob", Role.AGENT),
        ...     )
        ...     await service.refer(ada.id, eve.id)
        ...     return len(await service.list_referred(ada.id))
        >>> asyncio.run(count())
        1

        -->
    """

    def __init__(
        self,
        customers: CustomerRepository,
        referrals: ReferralRepository,
        audit: AuditTrail,
        actor: Actor,
    ) -> None:
        """Keep what the use cases need.

        Args:
            customers (CustomerRepository): Keeps the customers.
            referrals (ReferralRepository): Keeps who has brought in whom.
            audit (AuditTrail): Remembers what was done.
            actor (Actor): On whose behalf everything is done.

        Example:
            ```python
            from shop.adapters.repositories.customers_in_memory import (
                InMemoryAuditTrail,
                InMemoryCustomerRepository,
                InMemoryReferralRepository,
            )
            from shop.domain.value_objects import Actor, Role
            from shop.services.business_logic.referrals import ReferralService

            service = ReferralService(
                InMemoryCustomerRepository(),
                InMemoryReferralRepository(),
                InMemoryAuditTrail(),
                Actor("bob", Role.AGENT),
            )
            ```

            <!-- As a doctest:
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryAuditTrail,
            ...     InMemoryCustomerRepository,
            ...     InMemoryReferralRepository,
            ... )
            >>> from shop.domain.value_objects import Actor, Role
            >>> service = ReferralService(
            ...     InMemoryCustomerRepository(),
            ...     InMemoryReferralRepository(),
            ...     InMemoryAuditTrail(),
            ...     Actor("bob", Role.AGENT),
            ... )

            -->
        """
        self._customers = customers
        self._referrals = referrals
        self._audit = audit
        self._actor = actor
        self._policy = CustomerPolicy()

    async def refer(self, referrer_id: UUID, referred_id: UUID) -> Referral:
        """Keep that a customer has brought in another.

        Args:
            referrer_id (UUID): Who has brought in the other.
            referred_id (UUID): Who was brought in.

        Raises:
            ForbiddenError: If the actor may not do this.
            NotFoundError: If one of them does not exist.
            ConflictError: If the first one is not active, or if the other one was
                brought in by somebody already.
            ValidationError: If both are the same.
            ExternalServiceError: If the storage cannot be reached.

        Returns:
            Referral: The relationship.

        Example:
            ```python
            import asyncio

            from shop.adapters.repositories.customers_in_memory import (
                InMemoryAuditTrail,
                InMemoryCustomerRepository,
                InMemoryReferralRepository,
            )
            from shop.domain.entities import Customer
            from shop.domain.value_objects import Actor, CustomerStatus, Role
            from shop.services.business_logic.referrals import ReferralService


            async def refer() -> bool:
                customers = InMemoryCustomerRepository()
                ada = Customer.register("Ada", "ada@example.com")
                ada = await customers.create(ada.move_to(CustomerStatus.ACTIVE))
                eve = await customers.create(
                    Customer.register("Eve", "eve@example.com")
                )
                service = ReferralService(
                    customers,
                    InMemoryReferralRepository(),
                    InMemoryAuditTrail(),
                    Actor("bob", Role.AGENT),
                )
                referral = await service.refer(ada.id, eve.id)
                return referral.referred_id == eve.id


            asyncio.run(refer())
            # True
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryAuditTrail,
            ...     InMemoryCustomerRepository,
            ...     InMemoryReferralRepository,
            ... )
            >>> from shop.domain.entities import Customer
            >>> from shop.domain.value_objects import Actor, CustomerStatus, Role
            >>> async def refer() -> bool:
            ...     customers = InMemoryCustomerRepository()
            ...     ada = Customer.register("Ada", "ada@example.com")
            ...     ada = await customers.create(ada.move_to(CustomerStatus.ACTIVE))
            ...     eve = await customers.create(
            ...         Customer.register("Eve", "eve@example.com")
            ...     )
            ...     service = ReferralService(
            ...         customers,
            ...         InMemoryReferralRepository(),
            ...         InMemoryAuditTrail(),
            ...         Actor("bob", Role.AGENT),
            ...     )
            ...     referral = await service.refer(ada.id, eve.id)
            ...     return referral.referred_id == eve.id
            >>> asyncio.run(refer())
            True

            -->
        """
        self._policy.demand(self._actor, CustomerAction.REFER)
        referrer = await demand_customer(self._customers, referrer_id)
        referred = await demand_customer(self._customers, referred_id)
        referral = await self._referrals.create(Referral.between(referrer, referred))
        await self._audit.append(
            AuditEntry.of(self._actor, CustomerAction.REFER, referred.id)
        )
        logger.info("Customer referred", extra={"customer_id": referred.id})
        return referral

    async def list_referred(self, referrer_id: UUID) -> Sequence[Referral]:
        """Find out whom a customer has brought in.

        Args:
            referrer_id (UUID): Identifier of the customer.

        Raises:
            ForbiddenError: If the actor may not do this.
            NotFoundError: If there is no such customer.
            ExternalServiceError: If the storage cannot be reached.

        Returns:
            Sequence[Referral]: The relationships, the oldest first.

        Example:
            ```python
            import asyncio

            from shop.adapters.repositories.customers_in_memory import (
                InMemoryAuditTrail,
                InMemoryCustomerRepository,
                InMemoryReferralRepository,
            )
            from shop.domain.entities import Customer
            from shop.domain.value_objects import Actor, CustomerStatus, Role
            from shop.services.business_logic.referrals import ReferralService


            async def count() -> int:
                customers = InMemoryCustomerRepository()
                ada = Customer.register("Ada", "ada@example.com")
                ada = await customers.create(ada.move_to(CustomerStatus.ACTIVE))
                eve = await customers.create(
                    Customer.register("Eve", "eve@example.com")
                )
                service = ReferralService(
                    customers,
                    InMemoryReferralRepository(),
                    InMemoryAuditTrail(),
                    Actor("bob", Role.AGENT),
                )
                return len(await service.list_referred(ada.id))


            asyncio.run(count())
            # 0
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryAuditTrail,
            ...     InMemoryCustomerRepository,
            ...     InMemoryReferralRepository,
            ... )
            >>> from shop.domain.entities import Customer
            >>> from shop.domain.value_objects import Actor, CustomerStatus, Role
            >>> async def count() -> int:
            ...     customers = InMemoryCustomerRepository()
            ...     ada = Customer.register("Ada", "ada@example.com")
            ...     ada = await customers.create(ada.move_to(CustomerStatus.ACTIVE))
            ...     eve = await customers.create(
            ...         Customer.register("Eve", "eve@example.com")
            ...     )
            ...     service = ReferralService(
            ...         customers,
            ...         InMemoryReferralRepository(),
            ...         InMemoryAuditTrail(),
            ...         Actor("bob", Role.AGENT),
            ...     )
            ...     return len(await service.list_referred(ada.id))
            >>> asyncio.run(count())
            0

            -->
        """
        self._policy.demand(self._actor, CustomerAction.READ)
        referrer = await demand_customer(self._customers, referrer_id)
        return await self._referrals.list_by_referrer(referrer.id)
