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
from shop.api.middleware.request_context import REQUEST_ID_HEADER
from shop.application.health import HealthService
from shop.config import ENV_PREFIX

if TYPE_CHECKING:
    from pytest_mock import MockerFixture
    from starlette.types import Message, Receive, Scope, Send

pytestmark = pytest.mark.integration

SECONDS = 0.2


@pytest.fixture
def deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten the deadline; has to be asked for before the client.

    Args:
        monkeypatch: Changes the environment.
    """
    monkeypatch.setenv(f"{ENV_PREFIX}REQUEST_TIMEOUT_SECONDS", str(SECONDS))


async def wait_for_long(*_: object) -> None:
    """Wait for longer than any deadline.

    Args:
        *_: Whatever is asked for.
    """
    await asyncio.sleep(10)


async def fail_on_its_own(*_: object) -> None:
    """Run into a time-out that has nothing to do with the deadline.

    Args:
        *_: The request.

    Raises:
        TimeoutError: Always.
    """
    raise TimeoutError


def test_late_answer_is_not_waited_for(
    deadline: None, client: TestClient, mocker: MockerFixture
) -> None:
    """The client learns in time that there will be no answer.

    Args:
        deadline: The short deadline.
        client: Client of the application.
        mocker: Makes the application slow.
    """
    mocker.patch.object(HealthService, "report", side_effect=wait_for_long)
    response = client.get("/health")
    assert response.status_code == HTTPStatus.GATEWAY_TIMEOUT
    assert response.headers[REQUEST_ID_HEADER]
    assert response.json()["error"]["code"] == "gateway_timeout"


@pytest.mark.anyio
async def test_client_is_answered_before_the_application_lets_go(
    mocker: MockerFixture,
) -> None:
    """A driver may go on in spite of the cancellation; its answer is dropped.

    Args:
        mocker: Stands in for the client.
    """
    answered = asyncio.Event()
    events: list[object] = []

    async def hold_on(scope: Scope, receive: Receive, send: Send) -> None:
        """Let go only when the client has its answer, and answer then.

        Args:
            scope: What is known about the request.
            receive: Delivers what the client sends.
            send: Takes what the client is to receive.
        """
        try:
            await wait_for_long()
        except asyncio.CancelledError:
            await answered.wait()
        await JSONResponse({})(scope, receive, send)
        events.append("let go")

    async def take(message: Message) -> None:
        """Take a part of the answer.

        Args:
            message: Part of the answer.
        """
        events.append(message.get("status", "body"))
        if message["type"] == "http.response.body":
            answered.set()

    app = DeadlineMiddleware(hold_on, SECONDS)
    async with asyncio.timeout(5):
        await app({"type": "http", "path": "/"}, mocker.AsyncMock(), take)
    assert events == [HTTPStatus.GATEWAY_TIMEOUT, "body", "let go"]


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
