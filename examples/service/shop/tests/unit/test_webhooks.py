"""Tests of the webhooks, on a network that is not there."""

from __future__ import annotations

import asyncio
import json
import logging
import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import httpx
import pytest

from shop.config.settings import ENV_PREFIX, WebhookSettings, load_settings
from shop.domain.errors import ConfigurationError
from shop.domain.models.event import Event
from shop.infrastructure.external.webhooks import Webhooks

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

type Answer = Callable[[httpx.Request], Coroutine[None, None, httpx.Response]]

URLS: Final = ("https://one.example.com/hook?key=k1", "https://two.example.com/hook")


async def publish(answer: Answer) -> Event:
    """Post an event to every receiver.

    Args:
        answer: Answers the requests.

    Returns:
        The event.
    """
    event = Event("user.created", uuid.uuid4())
    transport = httpx.MockTransport(answer)
    async with httpx.AsyncClient(transport=transport) as client:
        webhooks = Webhooks(client, URLS, timeout=0.1)
        await webhooks.publish(event)
    return event


async def refuse(_: httpx.Request) -> httpx.Response:
    """Answer with a refusal.

    Args:
        _: The request.

    Returns:
        The refusal.
    """
    return httpx.Response(HTTPStatus.FORBIDDEN)


async def break_off(_: httpx.Request) -> httpx.Response:
    """Answer nothing, since the line is dead.

    Args:
        _: The request.

    Raises:
        ConnectError: Always.
    """
    message = "no route"
    raise httpx.ConnectError(message)


async def dawdle(_: httpx.Request) -> httpx.Response:
    """Answer later than anybody waits.

    Args:
        _: The request.

    Returns:
        A friendly response.
    """
    await asyncio.sleep(3600)
    return httpx.Response(HTTPStatus.NO_CONTENT)


async def test_event_reaches_every_receiver() -> None:
    """All receivers are told the same."""
    requests: list[httpx.Request] = []

    async def answer(request: httpx.Request) -> httpx.Response:
        """Remember a request.

        Args:
            request: The request.

        Returns:
            A friendly response.
        """
        requests.append(request)
        return httpx.Response(HTTPStatus.NO_CONTENT)

    event = await publish(answer)
    assert [str(request.url) for request in requests] == list(URLS)
    assert [json.loads(request.content) for request in requests] == 2 * [
        {
            "id": str(event.id),
            "name": "user.created",
            "subject": str(event.subject),
            "occurred_at": event.occurred_at.isoformat(),
        }
    ]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (refuse, "status 403"),
        (break_off, "ConnectError"),
        (dawdle, "TimeoutError"),
    ],
)
async def test_failure_does_not_hold_the_others(
    answer: Answer,
    reason: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """It is logged for each receiver, without the secret in the address.

    Args:
        answer: Answers the requests.
        reason: The reason expected.
        caplog: Captures the log.
    """
    with caplog.at_level(
        logging.WARNING, logger="shop.infrastructure.external.webhooks"
    ):
        await publish(answer)
    assert [vars(record)["reason"] for record in caplog.records] == [
        f"{host} does not accept the event: {reason}"
        for host in ("one.example.com", "two.example.com")
    ]


async def test_addresses_come_from_the_settings(
    monkeypatch: pytest.MonkeyPatch, clean_environment: None
) -> None:
    """The variable holds addresses with commas between them; without it there are none.

    Args:
        monkeypatch: Changes the environment.
        clean_environment: The environment without the developer's settings.
    """
    assert load_settings(WebhookSettings).webhook_urls == ()
    monkeypatch.setenv(f"{ENV_PREFIX}WEBHOOK_URLS", " , ".join(URLS))
    settings = load_settings(WebhookSettings)
    assert [str(url) for url in settings.webhook_urls] == list(URLS)


async def test_other_addresses_are_refused(
    monkeypatch: pytest.MonkeyPatch, clean_environment: None
) -> None:
    """What cannot be posted to ends the start.

    Args:
        monkeypatch: Changes the environment.
        clean_environment: The environment without the developer's settings.
    """
    monkeypatch.setenv(f"{ENV_PREFIX}WEBHOOK_URLS", "ftp://example.com/hook")
    with pytest.raises(ConfigurationError, match="settings: webhook_urls "):
        load_settings(WebhookSettings)
