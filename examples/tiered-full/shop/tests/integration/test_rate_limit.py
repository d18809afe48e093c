"""Test of the limit of requests in the running application."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from shop.api.app import create_app

if TYPE_CHECKING:
    from shop.core.config import Settings

pytestmark = pytest.mark.integration


def test_eager_client_has_to_wait(settings: Settings) -> None:
    """Whoever tries one password after the other is soon slowed down.

    Args:
        settings: Settings of the application.
    """
    limited = settings.model_copy(update={"rate_limit_requests": 2})
    with TestClient(create_app(limited)) as client:
        answers = [client.get("/api/v1/users/me") for _ in range(3)]
        assert client.get("/health").status_code == HTTPStatus.OK
    assert [answer.status_code for answer in answers] == [
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.TOO_MANY_REQUESTS,
    ]
    assert int(answers[-1].headers["Retry-After"]) > 0
