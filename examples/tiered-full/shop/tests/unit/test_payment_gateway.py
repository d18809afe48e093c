"""Tests of payments and notifications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from celery.exceptions import OperationalError

from shop.core.config import Environment
from shop.core.errors import ConfigurationError, ExternalServiceError
from shop.integrations.external_api import ExternalAPIService
from shop.integrations.notification_service import NotificationService
from shop.integrations.payment_gateway import PaymentGateway
from tests.factories import OrderFactory

if TYPE_CHECKING:
    from pytest_mock import MockerFixture

    from shop.core.config import Settings

pytestmark = pytest.mark.anyio


async def test_provider_collects_once(mocker: MockerFixture) -> None:
    """The provider gets a key by which it knows a second attempt.

    Args:
        mocker: Stands in for the client.
    """
    api = mocker.create_autospec(ExternalAPIService, instance=True)
    api.post_data.return_value = {"reference": "pay-1"}
    order = OrderFactory.build(id=5, amount=1_990)
    assert await PaymentGateway(api).charge(order) == "pay-1"
    charge = {"idempotency_key": "order-5", "amount": 1_990}
    api.post_data.assert_awaited_once_with("/charges", charge)


@pytest.mark.parametrize("answer", [{}, {"reference": 7}, {"reference": "x" * 101}])
async def test_unknown_answer_is_a_failure(
    mocker: MockerFixture, answer: dict[str, Any]
) -> None:
    """Without a proper reference nothing counts as paid.

    Args:
        mocker: Stands in for the client.
        answer: The improper answer.
    """
    api = mocker.create_autospec(ExternalAPIService, instance=True)
    api.post_data.return_value = answer
    with pytest.raises(ExternalServiceError):
        await PaymentGateway(api).charge(OrderFactory.build(id=5))


async def test_payments_are_simulated_without_a_provider() -> None:
    """A developer needs no account at a provider."""
    reference = await PaymentGateway(None).charge(OrderFactory.build(id=5))
    assert reference == "simulated-5"


async def test_provider_is_demanded_in_production(settings: Settings) -> None:
    """Payments are simulated locally only.

    Args:
        settings: Settings of the application.
    """
    await PaymentGateway.connect(settings).close()
    production = settings.model_copy(update={"environment": Environment.PRODUCTION})
    with pytest.raises(ConfigurationError, match="payment_url"):
        PaymentGateway.connect(production)
    named = production.model_copy(update={"payment_url": "http://127.0.0.1:1"})
    gateway = PaymentGateway.connect(named)
    with pytest.raises(ExternalServiceError):
        await gateway.charge(OrderFactory.build(id=5))
    await gateway.close()


async def test_dead_broker_does_not_undo_an_order(
    mocker: MockerFixture, caplog: pytest.LogCaptureFixture
) -> None:
    """What cannot be queued is logged, and the order goes on.

    Args:
        mocker: Stands in for the task.
        caplog: Captures the log.
    """
    task = mocker.Mock()
    task.delay.side_effect = OperationalError("connection refused")
    await NotificationService(task).send_order_confirmation(OrderFactory.build(id=5))
    task.delay.assert_called_once_with(5)
    assert "Confirmation not queued in time" in caplog.messages
