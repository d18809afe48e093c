"""Tests of the layers working together on customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shop.adapters.repositories.audit_trail import SQLAuditTrail
from shop.bootstrap import customer_import, open_customers, open_resources
from shop.domain.errors import ConflictError, ExternalServiceError
from shop.domain.value_objects import CustomerAction, CustomerStatus
from tests.fixtures.factories import ActorFactory
from tests.fixtures.fakes import FakeEventPublisher

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from pytest_mock import MockerFixture

    from shop.bootstrap import Resources
    from shop.infrastructure.configuration import Settings

pytestmark = [
    pytest.mark.integration,
    pytest.mark.usefixtures("database_schema"),
]

MANAGER = ActorFactory.build()


@pytest.fixture
async def resources(settings: Settings) -> AsyncIterator[Resources]:
    """Open what a program needs.

    Args:
        settings (Settings): Settings of the application.

    Yields:
        Resources: The resources.
    """
    async with open_resources(settings) as resources:
        yield resources


@pytest.fixture
def heard(resources: Resources) -> FakeEventPublisher:
    """Listen to the events.

    Args:
        resources (Resources): Carry the events.

    Returns:
        FakeEventPublisher: What remembers them.
    """
    listener = FakeEventPublisher()
    resources.events.subscribe(listener.publish)
    return listener


class TestCustomerServiceOnRepository:
    """CustomerService, SQLCustomerRepository and the rest, wired as in the program."""

    async def test_change_shows_in_the_next_read(self, resources: Resources) -> None:
        """The copy of a customer is dropped once the change is committed.

        Args:
            resources (Resources): What the program needs.
        """
        async with open_customers(resources, MANAGER) as use_cases:
            customer = await use_cases.service.create_customer("Ada", "ada@example.com")
        async with open_customers(resources, MANAGER) as use_cases:
            assert await use_cases.queries.get_customer(customer.id) == customer
            active = await use_cases.service.advance_customer(
                customer.id, CustomerAction.ACTIVATE
            )
        async with open_customers(resources, MANAGER) as use_cases:
            assert await use_cases.queries.get_customer(customer.id) == active
            history = await use_cases.queries.read_history(customer.id)
        assert active.status is CustomerStatus.ACTIVE
        assert [entry.action for entry in history] == ["create", "activate"]

    async def test_nothing_lasts_without_the_audit_log(
        self, resources: Resources, heard: FakeEventPublisher, mocker: MockerFixture
    ) -> None:
        """What cannot be remembered is undone, and does not become known.

        Args:
            resources (Resources): What the program needs.
            heard (FakeEventPublisher): Remembers events.
            mocker (MockerFixture): Makes the audit log fail.
        """
        outage = ExternalServiceError("Database is unavailable")
        mocker.patch.object(SQLAuditTrail, "append", side_effect=outage)
        with pytest.raises(ExternalServiceError):
            async with open_customers(resources, MANAGER) as use_cases:
                await use_cases.service.create_customer("Ada", "ada@example.com")
        async with open_customers(resources, MANAGER) as use_cases:
            assert await use_cases.queries.list_customers(10, 0) == []
        assert heard.events == []

    async def test_relationship_needs_an_active_customer(
        self, resources: Resources
    ) -> None:
        """Rules of the domain hold on the database, too.

        Args:
            resources (Resources): What the program needs.
        """
        async with open_customers(resources, MANAGER) as use_cases:
            one, other = [
                await use_cases.service.create_customer(name, f"{name}@example.com")
                for name in ("ada", "eve")
            ]
        with pytest.raises(ConflictError, match="active customer"):
            async with open_customers(resources, MANAGER) as use_cases:
                await use_cases.referrals.refer(one.id, other.id)

    async def test_import_keeps_what_is_good(
        self,
        resources: Resources,
        heard: FakeEventPublisher,
        pytestconfig: pytest.Config,
    ) -> None:
        """Each row has a transaction of its own.

        Args:
            resources (Resources): What the program needs.
            heard (FakeEventPublisher): Remembers events.
            pytestconfig (pytest.Config): Knows the root of the project.
        """
        file = pytestconfig.rootpath / "tests/fixtures/customers.csv"
        report = await customer_import(resources, MANAGER).run(file)
        assert [draft.line for draft in report.rejected] == [3, 4, 5]
        async with open_customers(resources, MANAGER) as use_cases:
            customers = await use_cases.queries.list_customers(10, 0)
        assert [customer.name for customer in customers] == [
            "Ada Lovelace",
            "Barbara Liskov",
        ]
        assert report.created == len(customers) == len(heard.events)
