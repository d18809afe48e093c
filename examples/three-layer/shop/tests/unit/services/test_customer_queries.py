"""Tests of the questions about customers."""

from __future__ import annotations

import uuid

import pytest

from shop.adapters.repositories.customers_in_memory import (
    InMemoryAuditTrail,
    InMemoryCustomerRepository,
)
from shop.domain.entities import AuditEntry
from shop.domain.errors import ForbiddenError, NotFoundError
from shop.domain.value_objects import CustomerAction, Role
from shop.services.business_logic.customer_queries import CustomerQueries
from tests.fixtures.factories import ActorFactory, CustomerFactory


class TestCustomerQueries:
    """Answers depend on what is kept, and on who asks."""

    async def test_customers_are_found(self) -> None:
        """One customer is found by the identifier, all of them in parts."""
        repository = InMemoryCustomerRepository()
        customers = CustomerFactory.build_batch(3)
        for customer in reversed(customers):
            await repository.create(customer)
        viewer = ActorFactory.build(role=Role.VIEWER)
        queries = CustomerQueries(repository, InMemoryAuditTrail(), viewer)
        assert await queries.get_customer(customers[1].id) == customers[1]
        assert await queries.list_customers(2, 1) == customers[1:]
        with pytest.raises(NotFoundError):
            await queries.get_customer(uuid.uuid4())

    async def test_history_is_for_managers(self) -> None:
        """What was done to a customer is told to those who may know."""
        repository, audit = InMemoryCustomerRepository(), InMemoryAuditTrail()
        customer = await repository.create(CustomerFactory.build())
        manager = ActorFactory.build()
        entry = AuditEntry.of(manager, CustomerAction.CREATE, customer.id)
        await audit.append(entry)
        queries = CustomerQueries(repository, audit, manager)
        assert await queries.read_history(customer.id) == [entry]

        agent = ActorFactory.build(role=Role.AGENT)
        with pytest.raises(ForbiddenError):
            await CustomerQueries(repository, audit, agent).read_history(customer.id)
