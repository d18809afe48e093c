"""Tests of the use cases around customers who bring in others."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

from shop.adapters.repositories.customers_in_memory import (
    InMemoryAuditTrail,
    InMemoryCustomerRepository,
    InMemoryReferralRepository,
)
from shop.domain.errors import ConflictError, ForbiddenError, NotFoundError
from shop.domain.value_objects import CustomerAction, CustomerStatus, Role
from shop.services.business_logic.referrals import ReferralService
from tests.fixtures.factories import ActorFactory, CustomerFactory

if TYPE_CHECKING:
    from shop.domain.entities import Customer


@pytest.fixture
def audit() -> InMemoryAuditTrail:
    """Provide an empty audit log.

    Returns:
        InMemoryAuditTrail: The audit log.
    """
    return InMemoryAuditTrail()


@pytest.fixture
def customers() -> InMemoryCustomerRepository:
    """Provide an empty storage of customers.

    Returns:
        InMemoryCustomerRepository: The storage.
    """
    return InMemoryCustomerRepository()


@pytest.fixture
async def pair(customers: InMemoryCustomerRepository) -> tuple[Customer, Customer]:
    """Provide an active customer and a new one.

    Args:
        customers (InMemoryCustomerRepository): Keeps them.

    Returns:
        tuple[Customer, Customer]: The customers.
    """
    active = CustomerFactory.build(status=CustomerStatus.ACTIVE)
    return await customers.create(active), await customers.create(
        CustomerFactory.build()
    )


@pytest.fixture
def service(
    customers: InMemoryCustomerRepository, audit: InMemoryAuditTrail
) -> ReferralService:
    """Provide the use cases for a manager.

    Args:
        customers (InMemoryCustomerRepository): Keeps the customers.
        audit (InMemoryAuditTrail): Remembers what was done.

    Returns:
        ReferralService: The use cases.
    """
    referrals = InMemoryReferralRepository()
    return ReferralService(customers, referrals, audit, ActorFactory.build())


class TestReferralService:
    """Relationships are kept once, and remembered."""

    async def test_referral_is_kept_and_remembered(
        self,
        service: ReferralService,
        audit: InMemoryAuditTrail,
        pair: tuple[Customer, Customer],
    ) -> None:
        """The one who was brought in is found by the other.

        Args:
            service (ReferralService): The use cases.
            audit (InMemoryAuditTrail): Remembers what was done.
            pair (tuple[Customer, Customer]): An active customer and a new one.
        """
        referrer, referred = pair
        referral = await service.refer(referrer.id, referred.id)
        assert await service.list_referred(referrer.id) == [referral]
        assert await service.list_referred(referred.id) == []
        (entry,) = await audit.list_by_customer(referred.id)
        assert entry.action is CustomerAction.REFER

    async def test_customer_is_referred_once(
        self, service: ReferralService, pair: tuple[Customer, Customer]
    ) -> None:
        """Who was brought in stays brought in by the first.

        Args:
            service (ReferralService): The use cases.
            pair (tuple[Customer, Customer]): An active customer and a new one.
        """
        referrer, referred = pair
        await service.refer(referrer.id, referred.id)
        with pytest.raises(ConflictError, match="referred already"):
            await service.refer(referrer.id, referred.id)

    async def test_both_have_to_exist(
        self, service: ReferralService, pair: tuple[Customer, Customer]
    ) -> None:
        """An unknown customer is reported, on either side.

        Args:
            service (ReferralService): The use cases.
            pair (tuple[Customer, Customer]): An active customer and a new one.
        """
        for ids in [(pair[0].id, uuid.uuid4()), (uuid.uuid4(), pair[1].id)]:
            with pytest.raises(NotFoundError):
                await service.refer(*ids)

    async def test_viewer_relates_nobody(
        self, customers: InMemoryCustomerRepository, pair: tuple[Customer, Customer]
    ) -> None:
        """The role decides before anything happens.

        Args:
            customers (InMemoryCustomerRepository): Keeps the customers.
            pair (tuple[Customer, Customer]): An active customer and a new one.
        """
        referrals, viewer = (
            InMemoryReferralRepository(),
            ActorFactory.build(role=Role.VIEWER),
        )
        service = ReferralService(customers, referrals, InMemoryAuditTrail(), viewer)
        with pytest.raises(ForbiddenError):
            await service.refer(pair[0].id, pair[1].id)
        assert await referrals.list_by_referrer(pair[0].id) == []
