"""Tests that every storage of customers has to pass."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from shop.adapters.database.tables import CustomerRow
from shop.adapters.repositories.audit_trail import SQLAuditTrail
from shop.adapters.repositories.customers import SQLCustomerRepository
from shop.adapters.repositories.customers_in_memory import (
    InMemoryAuditTrail,
    InMemoryCustomerRepository,
    InMemoryReferralRepository,
)
from shop.adapters.repositories.referrals import SQLReferralRepository
from shop.domain.entities import AuditEntry
from shop.domain.errors import ConflictError
from shop.domain.relationships import Referral
from shop.domain.value_objects import CustomerAction, CustomerStatus
from tests.fixtures.factories import START, CustomerFactory

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from shop.domain.contracts import (
        AuditTrail,
        CustomerRepository,
        ReferralRepository,
    )

    type Storage = tuple[CustomerRepository, ReferralRepository, AuditTrail]

pytestmark = pytest.mark.integration


@pytest.fixture(params=["memory", "session", "postgresql_session"])
def storage(request: pytest.FixtureRequest) -> Storage:
    """Provide an empty storage of each kind.

    Args:
        request (pytest.FixtureRequest): Says which kind: in memory, or the session of a
            database.

    Returns:
        Storage: What keeps customers, relationships and the audit log.
    """
    if request.param == "memory":
        return (
            InMemoryCustomerRepository(),
            InMemoryReferralRepository(),
            InMemoryAuditTrail(),
        )
    session: AsyncSession = request.getfixturevalue(request.param)
    return (
        SQLCustomerRepository(session),
        SQLReferralRepository(session),
        SQLAuditTrail(session),
    )


class TestCustomerRepository:
    """What was kept is found, as it was."""

    async def test_customer_retrieval_from_database(self, storage: Storage) -> None:
        """Customers are found by their identifier, and in parts by their age.

        Args:
            storage (Storage): An empty storage.
        """
        repository = storage[0]
        customers = CustomerFactory.build_batch(3)
        for customer in reversed(customers):
            assert await repository.create(customer) == customer
        assert await repository.get_by_id(customers[0].id) == customers[0]
        assert await repository.get_by_id(uuid.uuid4()) is None
        assert list(await repository.list_page(2, 1)) == customers[1:]

    async def test_address_is_unique(self, storage: Storage) -> None:
        """Two customers cannot share an address.

        Args:
            storage (Storage): An empty storage.
        """
        repository = storage[0]
        customer = await repository.create(CustomerFactory.build())
        with pytest.raises(ConflictError, match="E-mail address is in use"):
            await repository.create(CustomerFactory.build(email=customer.email))

    async def test_change_is_kept(self, storage: Storage) -> None:
        """A change replaces what was kept.

        Args:
            storage (Storage): An empty storage.
        """
        repository = storage[0]
        customer = await repository.create(CustomerFactory.build())
        active = customer.move_to(CustomerStatus.ACTIVE)
        assert await repository.update(active, customer) == active
        assert await repository.get_by_id(customer.id) == active

    async def test_overtaken_change_is_refused(self, storage: Storage) -> None:
        """Of two changes of the same customer only the first is kept.

        Args:
            storage (Storage): An empty storage.
        """
        repository = storage[0]
        customer = await repository.create(CustomerFactory.build())
        active = customer.move_to(CustomerStatus.ACTIVE)
        await repository.update(active, customer)
        with pytest.raises(ConflictError, match="changed by somebody else"):
            await repository.update(customer.move_to(CustomerStatus.CLOSED), customer)
        assert await repository.get_by_id(customer.id) == active

    async def test_address_of_another_is_refused(self, storage: Storage) -> None:
        """A change cannot take the address of somebody else either.

        Args:
            storage (Storage): An empty storage.
        """
        repository = storage[0]
        one, other = [
            await repository.create(customer)
            for customer in CustomerFactory.build_batch(2)
        ]
        with pytest.raises(ConflictError, match="E-mail address is in use"):
            await repository.update(dataclasses.replace(other, email=one.email), other)

    async def test_customer_data_mapping_accuracy(self, session: AsyncSession) -> None:
        """Every field has a column of its own, and comes back as what it was.

        Args:
            session (AsyncSession): A session in a transaction.
        """
        repository = SQLCustomerRepository(session)
        customer = CustomerFactory.build(status=CustomerStatus.SUSPENDED)
        await repository.create(customer)
        session.expunge_all()
        columns = (CustomerRow.name, CustomerRow.email, CustomerRow.status)
        assert (await session.execute(sa.select(*columns))).one() == (
            customer.name,
            customer.email.value,
            "suspended",
        )
        assert await repository.get_by_id(customer.id) == customer


class TestReferralRepository:
    """A relationship is found from the side of who brought in the other."""

    async def test_referrals_are_kept_once(self, storage: Storage) -> None:
        """A customer cannot be brought in twice.

        Args:
            storage (Storage): An empty storage.
        """
        customers, referrals, _ = storage
        one, other, third = [
            await customers.create(customer)
            for customer in CustomerFactory.build_batch(3)
        ]
        referral = Referral(referrer_id=one.id, referred_id=other.id)
        assert await referrals.create(referral) == referral
        assert list(await referrals.list_by_referrer(one.id)) == [referral]
        assert list(await referrals.list_by_referrer(other.id)) == []
        again = Referral(referrer_id=third.id, referred_id=other.id)
        with pytest.raises(ConflictError, match="referred already"):
            await referrals.create(again)


class TestAuditTrail:
    """What was done is remembered in its order."""

    async def test_entries_are_kept(self, storage: Storage) -> None:
        """Each customer has a history of their own.

        Args:
            storage (Storage): An empty storage.
        """
        customers, _, audit = storage
        one, other = [
            await customers.create(customer)
            for customer in CustomerFactory.build_batch(2)
        ]
        entries = [
            AuditEntry(
                customer_id=one.id,
                actor="ada",
                action=action,
                happened_at=START + dt.timedelta(minutes=minute),
            )
            for minute, action in enumerate(
                [CustomerAction.CREATE, CustomerAction.ACTIVATE]
            )
        ]
        for entry in entries:
            await audit.append(entry)
        assert list(await audit.list_by_customer(one.id)) == entries
        assert list(await audit.list_by_customer(other.id)) == []
