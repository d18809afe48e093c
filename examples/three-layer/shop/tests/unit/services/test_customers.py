"""Tests of the use cases around customers."""

from __future__ import annotations

import dataclasses
import uuid
from typing import TYPE_CHECKING

import pytest

from shop.adapters.repositories.customers_in_memory import (
    InMemoryAuditTrail,
    InMemoryCustomerRepository,
)
from shop.domain.entities import Customer
from shop.domain.errors import (
    ConflictError,
    ForbiddenError,
    NotFoundError,
    ValidationError,
)
from shop.domain.events import CustomerCreated, CustomerStatusChanged
from shop.domain.value_objects import CustomerAction, CustomerStatus, Role
from shop.services.business_logic.customers import CustomerService
from tests.fixtures.factories import ActorFactory, CustomerFactory
from tests.fixtures.fakes import FakeEmailVerifier, FakeEventPublisher

if TYPE_CHECKING:
    from shop.domain.value_objects import LifecycleStep


@dataclasses.dataclass
class World:
    """What surrounds the use cases.

    Attributes:
        customers: Keeps the customers.
        audit: Remembers what was done.
        verifier: Knows whether mail can be delivered.
        publisher: Remembers what was made known.
    """

    customers: InMemoryCustomerRepository = dataclasses.field(
        default_factory=InMemoryCustomerRepository
    )
    audit: InMemoryAuditTrail = dataclasses.field(default_factory=InMemoryAuditTrail)
    verifier: FakeEmailVerifier = dataclasses.field(default_factory=FakeEmailVerifier)
    publisher: FakeEventPublisher = dataclasses.field(
        default_factory=FakeEventPublisher
    )

    def service(self, role: Role = Role.MANAGER) -> CustomerService:
        """Build the use cases.

        Args:
            role (Role): Role of who acts.

        Returns:
            CustomerService: The use cases.
        """
        return CustomerService(
            self.customers,
            ActorFactory.build(name="ada", role=role),
            audit=self.audit,
            events=self.publisher,
            verifier=self.verifier,
        )

    async def actions(self, customer: Customer) -> list[CustomerAction]:
        """Look into the audit log.

        Args:
            customer (Customer): The customer.

        Returns:
            list[CustomerAction]: What was done to the customer.
        """
        entries = await self.audit.list_by_customer(customer.id)
        assert {entry.actor for entry in entries} <= {"ada"}
        return [entry.action for entry in entries]


@pytest.fixture
def world() -> World:
    """Provide an empty world.

    Returns:
        World: The world.
    """
    return World()


class TestCustomerService:
    """Customers are made and led by the rules."""

    async def test_customer_creation_business_logic(self, world: World) -> None:
        """A new customer is kept, remembered and made known.

        Args:
            world (World): What surrounds the use cases.
        """
        customer = await world.service().create_customer("Ada", "Ada@example.com")
        assert await world.customers.get_by_id(customer.id) == customer
        assert await world.actions(customer) == [CustomerAction.CREATE]
        (event,) = world.publisher.events
        assert isinstance(event, CustomerCreated)
        assert event.customer_id == customer.id

    async def test_customer_workflow_state_transitions(self, world: World) -> None:
        """A customer goes through the whole life cycle, and never comes back.

        Args:
            world (World): What surrounds the use cases.
        """
        service = world.service()
        customer = await world.customers.create(CustomerFactory.build())
        steps: list[tuple[LifecycleStep, CustomerStatus]] = [
            (CustomerAction.ACTIVATE, CustomerStatus.ACTIVE),
            (CustomerAction.SUSPEND, CustomerStatus.SUSPENDED),
            (CustomerAction.ACTIVATE, CustomerStatus.ACTIVE),
            (CustomerAction.CLOSE, CustomerStatus.CLOSED),
        ]
        for step, status in steps:
            advanced = await service.advance_customer(customer.id, step)
            assert advanced.status is status
        with pytest.raises(ConflictError, match="closed cannot become active"):
            await service.advance_customer(customer.id, CustomerAction.ACTIVATE)

        assert await world.actions(customer) == [step for step, _ in steps]
        events = world.publisher.events
        assert [
            event.current
            for event in events
            if isinstance(event, CustomerStatusChanged)
        ] == [status for _, status in steps]

    async def test_address_belongs_to_one_customer(self, world: World) -> None:
        """A second customer with the same address leaves no trace.

        Args:
            world (World): What surrounds the use cases.
        """
        first = await world.service().create_customer("Ada", "ada@example.com")
        with pytest.raises(ConflictError):
            await world.service().create_customer("Eve", "ADA@example.com")
        assert await world.customers.list_page(10, 0) == [first]
        assert len(world.publisher.events) == 1

    async def test_address_has_to_take_mail(self, world: World) -> None:
        """An address that only looks good is refused.

        Args:
            world (World): What surrounds the use cases.
        """
        world.verifier.dead.add("ada@example.com")
        with pytest.raises(ValidationError, match="cannot be delivered"):
            await world.service().create_customer("Ada", "ada@example.com")
        assert await world.customers.list_page(10, 0) == []

    async def test_forbidden_action_changes_nothing(self, world: World) -> None:
        """The role decides before anything happens.

        Args:
            world (World): What surrounds the use cases.
        """
        customer = await world.customers.create(CustomerFactory.build())
        with pytest.raises(ForbiddenError, match="takes the role agent, not viewer"):
            await world.service(Role.VIEWER).create_customer("Eve", "eve@example.com")
        with pytest.raises(ForbiddenError, match="takes the role manager, not agent"):
            await world.service(Role.AGENT).advance_customer(
                customer.id, CustomerAction.CLOSE
            )
        assert await world.customers.list_page(10, 0) == [customer]
        assert await world.actions(customer) == []
        assert world.publisher.events == []

    async def test_unknown_customer_is_reported(self, world: World) -> None:
        """Whoever is not there cannot be led anywhere.

        Args:
            world (World): What surrounds the use cases.
        """
        with pytest.raises(NotFoundError):
            await world.service().advance_customer(uuid.uuid4(), CustomerAction.CLOSE)
