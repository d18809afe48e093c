"""A benchmark of the endpoints that are used most.

It finds what has become several times slower, such as a query for each row; it is no
measurement of what the service can bear.
"""

from __future__ import annotations

import statistics
import time
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from tests.accounts import sign_up
from tests.orders import ORDERS, place_order

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

ROUNDS = 30
HEALTH_SECONDS = 0.2
ORDERS_SECONDS = 0.5


@pytest.mark.parametrize(
    ("path", "limit"), [("/health", HEALTH_SECONDS), (ORDERS, ORDERS_SECONDS)]
)
def test_median_stays_in_the_budget(
    client: TestClient, path: str, limit: float
) -> None:
    """Half of the answers come within the budget, also with a page full of orders.

    Args:
        client: Client of the application.
        path: Path to ask for.
        limit: The budget in seconds.
    """
    ada = sign_up(client, "ada@example.com")
    for _ in range(20):
        place_order(client, ada)
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        assert client.get(path, headers=ada).status_code == HTTPStatus.OK
        times.append(time.perf_counter() - started)
    assert statistics.median(times) < limit
