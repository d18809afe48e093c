"""Tests of customers taken over from elsewhere."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from shop.adapters.repositories.customers_in_memory import (
    InMemoryAuditTrail,
    InMemoryCustomerRepository,
)
from shop.domain.contracts import CustomerSource
from shop.domain.errors import ExternalServiceError
from shop.services.business_logic.customers import CustomerService
from shop.services.orchestration.customer_import import CustomerImport, RejectedDraft
from tests.fixtures.factories import ActorFactory, CustomerDraftFactory
from tests.fixtures.fakes import FakeEmailVerifier, FakeEventPublisher

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from pytest_mock import MockerFixture

    from shop.domain.value_objects import CustomerDraft

FILE = Path("customers.csv")


@pytest.fixture
def customers() -> InMemoryCustomerRepository:
    """Provide an empty storage of customers.

    Returns:
        InMemoryCustomerRepository: The storage.
    """
    return InMemoryCustomerRepository()


def importing(
    mocker: MockerFixture,
    customers: InMemoryCustomerRepository,
    *drafts: CustomerDraft,
) -> CustomerImport:
    """Build the process.

    Args:
        mocker (MockerFixture): Makes the source.
        customers (InMemoryCustomerRepository): Keeps the customers.
        *drafts (CustomerDraft): What the source delivers.

    Returns:
        CustomerImport: The process.
    """
    source = mocker.create_autospec(CustomerSource, instance=True)
    source.read.return_value = drafts

    @contextlib.asynccontextmanager
    async def open_service() -> AsyncIterator[CustomerService]:
        """Open the use cases.

        Yields:
            CustomerService: The use cases.
        """
        yield CustomerService(
            customers,
            ActorFactory.build(),
            audit=InMemoryAuditTrail(),
            events=FakeEventPublisher(),
            verifier=FakeEmailVerifier(),
        )

    return CustomerImport(source, open_service)


class TestCustomerImport:
    """A refused draft does not stop the others."""

    async def test_good_drafts_become_customers(
        self, mocker: MockerFixture, customers: InMemoryCustomerRepository
    ) -> None:
        """What is refused is told by its line, with all reasons.

        Args:
            mocker (MockerFixture): Makes the source.
            customers (InMemoryCustomerRepository): Keeps the customers.
        """
        good, bad, taken = (
            CustomerDraftFactory.build(),
            CustomerDraftFactory.build(name=" ", email="nobody"),
            CustomerDraftFactory.build(email="ada@example.com"),
        )
        last = CustomerDraftFactory.build(email="ADA@example.com")
        report = await importing(mocker, customers, good, bad, taken, last).run(FILE)
        assert {it.email.value for it in await customers.list_page(10, 0)} == {
            good.email,
            "ada@example.com",
        }
        assert report.created == len([good, taken])
        assert report.rejected == [
            RejectedDraft(
                line=bad.line, reasons=["Name is empty", "E-mail address is malformed"]
            ),
            RejectedDraft(line=last.line, reasons=["E-mail address is in use"]),
        ]

    async def test_outage_stops_the_import(
        self, mocker: MockerFixture, customers: InMemoryCustomerRepository
    ) -> None:
        """What is wrong with the world is no fault of a draft.

        Args:
            mocker (MockerFixture): Makes the storage fail.
            customers (InMemoryCustomerRepository): Keeps the customers.
        """
        outage = ExternalServiceError("Database is unavailable")
        mocker.patch.object(customers, "create", side_effect=outage)
        process = importing(mocker, customers, CustomerDraftFactory.build())
        with pytest.raises(ExternalServiceError):
            await process.run(FILE)
