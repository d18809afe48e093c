"""Tests of the time within which a request is answered."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient
from starlette.background import BackgroundTask

from shop.api.middleware.deadline import DeadlineMiddleware

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

pytestmark = pytest.mark.integration

SECONDS = 0.05


async def answer_too_late(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer after the deadline.

    Args:
        scope: What is known about the request.
        receive: Delivers what the client sends.
        send: Takes what the client is to receive.
    """
    await asyncio.sleep(1)
    await JSONResponse({})(scope, receive, send)


async def fail_on_its_own(*_: object) -> None:
    """Run into a time-out that has nothing to do with the deadline.

    Args:
        *_: The request.

    Raises:
        TimeoutError: Always.
    """
    raise TimeoutError


def test_late_answer_is_not_waited_for() -> None:
    """The client learns in time that there will be no answer."""
    response = TestClient(DeadlineMiddleware(answer_too_late, SECONDS)).get("/")
    assert response.status_code == HTTPStatus.GATEWAY_TIMEOUT
    assert response.json()["error"]["code"] == "gateway_timeout"


def test_background_task_may_take_longer() -> None:
    """Work that follows the answer is not cut off."""
    done = []

    async def work() -> None:
        """Work for longer than the deadline."""
        await asyncio.sleep(2 * SECONDS)
        done.append("work")

    app = JSONResponse({}, background=BackgroundTask(work))
    response = TestClient(DeadlineMiddleware(app, SECONDS)).get("/")
    assert response.status_code == HTTPStatus.OK
    assert done == ["work"]


def test_other_timeouts_are_not_hidden() -> None:
    """An error of the application stays an error."""
    with pytest.raises(TimeoutError):
        TestClient(DeadlineMiddleware(fail_on_its_own, SECONDS)).get("/")
