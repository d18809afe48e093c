"""Tests of customers that are read through a cache."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from shop.adapters.repositories.cached_customers import (
    CachedCustomerReader,
    CustomerCacheInvalidator,
)
from shop.adapters.repositories.customers_in_memory import InMemoryCustomerRepository
from shop.domain.entities import Customer
from shop.domain.events import CustomerCreated, CustomerStatusChanged
from shop.domain.value_objects import CustomerStatus
from shop.infrastructure.cache import TimedCache
from tests.fixtures.factories import CustomerFactory

if TYPE_CHECKING:
    from pytest_mock import MockerFixture

    from shop.adapters.repositories.cached_customers import CustomerCache


@pytest.fixture
def cache() -> CustomerCache:
    """Provide an empty cache.

    Returns:
        CustomerCache: The cache.
    """
    return TimedCache[UUID, Customer](size=10, seconds=60)


class TestCachedCustomerReader:
    """A copy serves until the original changes."""

    async def test_second_read_spares_the_storage(
        self, cache: CustomerCache, mocker: MockerFixture
    ) -> None:
        """Only a customer who is there leaves a copy.

        Args:
            cache (CustomerCache): Keeps copies.
            mocker (MockerFixture): Watches the storage.
        """
        storage = InMemoryCustomerRepository()
        customer = await storage.create(CustomerFactory.build())
        read = mocker.spy(storage, "get_by_id")
        reader = CachedCustomerReader(storage, cache)
        for _ in range(2):
            assert await reader.get_by_id(customer.id) == customer
        read.assert_called_once_with(customer.id)
        assert await reader.get_by_id(uuid4()) is None
        assert await reader.list_page(10, 0) == [customer]

    async def test_change_makes_the_next_read_fresh(self, cache: CustomerCache) -> None:
        """The event drops the copy; other events leave it alone.

        Args:
            cache (CustomerCache): Keeps copies.
        """
        storage = InMemoryCustomerRepository()
        reader = CachedCustomerReader(storage, cache)
        invalidator = CustomerCacheInvalidator(cache)
        customer = await storage.create(CustomerFactory.build())
        await reader.get_by_id(customer.id)
        active = customer.move_to(CustomerStatus.ACTIVE)
        await storage.update(active, customer)
        await invalidator.handle(CustomerCreated(customer_id=customer.id))
        assert await reader.get_by_id(customer.id) == customer
        await invalidator.handle(
            CustomerStatusChanged(
                customer_id=customer.id,
                previous=CustomerStatus.PENDING,
                current=CustomerStatus.ACTIVE,
            )
        )
        assert await reader.get_by_id(customer.id) == active

    async def test_read_that_was_overtaken_leaves_no_copy(
        self, cache: CustomerCache, mocker: MockerFixture
    ) -> None:
        """What was read before a change is not kept after it.

        Args:
            cache (CustomerCache): Keeps copies.
            mocker (MockerFixture): Makes the storage slow.
        """
        customer = CustomerFactory.build()
        storage = InMemoryCustomerRepository()

        async def read_slowly(customer_id: UUID) -> Customer:
            """Answer while somebody else changes the customer.

            Args:
                customer_id (UUID): Identifier of the customer.

            Returns:
                Customer: The customer before the change.
            """
            cache.invalidate(customer_id)
            return customer

        mocker.patch.object(storage, "get_by_id", side_effect=read_slowly)
        reader = CachedCustomerReader(storage, cache)
        assert await reader.get_by_id(customer.id) == customer
        assert cache.get(customer.id) is None
