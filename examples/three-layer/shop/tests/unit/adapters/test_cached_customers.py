"""Tests of customers that are read through a cache."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from shop.adapters.repositories.cached_customers import (
    CachedCustomerRepository,
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


class TestCachedCustomerRepository:
    """A copy serves until the original changes."""

    async def test_second_read_spares_the_storage(
        self, cache: CustomerCache, mocker: MockerFixture
    ) -> None:
        """Only who is there leaves a copy.

        Args:
            cache (CustomerCache): Keeps copies.
            mocker (MockerFixture): Watches the storage.
        """
        storage = InMemoryCustomerRepository()
        repository = CachedCustomerRepository(storage, cache)
        customer = await repository.create(CustomerFactory.build())
        read = mocker.spy(storage, "get_by_id")
        for _ in range(2):
            assert await repository.get_by_id(customer.id) == customer
        read.assert_called_once_with(customer.id)
        assert await repository.get_by_id(uuid4()) is None
        assert await repository.list_page(10, 0) == [customer]

    async def test_update_makes_the_next_read_fresh(self, cache: CustomerCache) -> None:
        """Nobody sees the old data after a change.

        Args:
            cache (CustomerCache): Keeps copies.
        """
        repository = CachedCustomerRepository(InMemoryCustomerRepository(), cache)
        customer = await repository.create(CustomerFactory.build())
        await repository.get_by_id(customer.id)
        active = await repository.update(customer.move_to(CustomerStatus.ACTIVE))
        assert await repository.get_by_id(customer.id) == active

    async def test_event_makes_the_next_read_fresh(self, cache: CustomerCache) -> None:
        """A change that went around the cache drops the copy all the same.

        Args:
            cache (CustomerCache): Keeps copies.
        """
        customer = CustomerFactory.build()
        cache.put(customer.id, customer)
        invalidator = CustomerCacheInvalidator(cache)
        await invalidator.handle(CustomerCreated(customer_id=customer.id))
        assert cache.get(customer.id) == customer
        await invalidator.handle(
            CustomerStatusChanged(
                customer_id=customer.id,
                previous=CustomerStatus.PENDING,
                current=CustomerStatus.ACTIVE,
            )
        )
        assert cache.get(customer.id) is None
