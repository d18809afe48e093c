"""Tests of the confirmation of orders."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from shop.repositories.order_repository import OrderRepository
from shop.services.confirmation_service import ConfirmationService

if TYPE_CHECKING:
    from pytest_mock import MockerFixture

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("confirmed", "message"),
    [(True, "Order confirmed"), (False, "Nothing to confirm")],
)
async def test_confirmation_is_audited(
    mocker: MockerFixture,
    caplog: pytest.LogCaptureFixture,
    *,
    confirmed: bool,
    message: str,
) -> None:
    """The trail names the worker, and the log what came of it.

    Args:
        mocker: Stands in for the repository.
        caplog: Captures the log.
        confirmed: Whether there is an order to confirm.
        message: The message expected.
    """
    orders = mocker.create_autospec(OrderRepository, instance=True)
    orders.confirm.return_value = confirmed
    with caplog.at_level(logging.INFO):
        await ConfirmationService(orders).confirm(5)
    (number, entry), _ = orders.confirm.await_args
    assert number == 5
    assert (entry.actor, entry.action, entry.subject) == (
        "worker",
        "order confirmed",
        "order 5",
    )
    assert caplog.messages == [message]
