"""Tests of orders that are paid for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from shop.core.errors import ExternalServiceError
from shop.integrations.notification_service import NotificationService
from shop.integrations.payment_gateway import PaymentGateway
from shop.models.order import Order, OrderStatus
from shop.monitoring.metrics import MetricsService
from shop.monitoring.tracing import TracingService
from shop.repositories.order_repository import OrderRepository
from shop.schemas.order import CreateOrderRequest
from shop.services.enterprise_order_service import EnterpriseOrderService
from tests.factories import UserFactory

if TYPE_CHECKING:
    from pytest_mock import MockerFixture

pytestmark = pytest.mark.anyio

TEAPOT = CreateOrderRequest(item="Teapot", amount=1_990)


def give_number(order: Order) -> None:
    """Do what a database does to a new order.

    Args:
        order: The order.
    """
    order.id = 5


class Company:
    """A service, and doubles of what it depends on.

    Attributes:
        orders: Keeps the orders.
        payments: Collects the money.
        notifications: Has orders confirmed.
        metrics: Counts the orders.
        spans: Keeps the spans.
        service: The service.
    """

    def __init__(self, mocker: MockerFixture) -> None:
        """Put the service together.

        Args:
            mocker: Makes the doubles.
        """
        self.orders = mocker.create_autospec(OrderRepository, instance=True)
        self.orders.add.side_effect = give_number
        self.payments = mocker.create_autospec(PaymentGateway, instance=True)
        self.payments.charge.return_value = "pay-1"
        self.notifications = mocker.create_autospec(NotificationService, instance=True)
        self.metrics = MetricsService()
        self.spans = InMemorySpanExporter()
        self.service = EnterpriseOrderService(
            self.orders,
            self.payments,
            self.notifications,
            self.metrics,
            TracingService([SimpleSpanProcessor(self.spans)]),
        )


@pytest.fixture
def company(mocker: MockerFixture) -> Company:
    """Provide the service.

    Args:
        mocker: Makes the doubles.

    Returns:
        The service, and what it depends on.
    """
    return Company(mocker)


async def test_order_is_paid_audited_and_confirmed(company: Company) -> None:
    """A good order leaves its traces everywhere.

    Args:
        company: The service, and what it depends on.
    """
    user = UserFactory.build(id=1)
    order = await company.service.create_order(TEAPOT, user)
    assert (order.status, order.payment_reference) == (OrderStatus.PAID, "pay-1")
    stored, entry = company.orders.update.await_args.args
    assert stored is order
    assert (entry.actor, entry.action, entry.subject) == (
        user.email,
        "order paid",
        "order 5",
    )
    company.notifications.send_order_confirmation.assert_awaited_once_with(order)
    assert (
        'orders_created_total{status="success"} 1.0'
        in company.metrics.render().decode()
    )
    (span,) = company.spans.get_finished_spans()
    assert span.name == "create_order"
    assert dict(span.attributes or {}) == {"user_id": 1, "order_id": 5}


async def test_failed_payment_is_counted_recorded_and_raised(company: Company) -> None:
    """A failure shows in metrics and trace, and nothing is confirmed.

    Args:
        company: The service, and what it depends on.
    """
    company.payments.charge.side_effect = ExternalServiceError("provider is down")
    with pytest.raises(ExternalServiceError):
        await company.service.create_order(TEAPOT, UserFactory.build(id=1))
    company.orders.update.assert_not_awaited()
    company.notifications.send_order_confirmation.assert_not_awaited()
    assert (
        'orders_created_total{status="error"} 1.0' in company.metrics.render().decode()
    )
    (span,) = company.spans.get_finished_spans()
    assert span.status.status_code is StatusCode.ERROR
    assert [event.name for event in span.events] == ["exception"]
