"""Tests of the webhooks, on a network that is not there."""

from __future__ import annotations

import json
import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import httpx
import pytest

from shop.config.settings import ENV_PREFIX, WebhookSettings, load_settings
from shop.domain.errors import ConfigurationError
from shop.domain.models.event import Event
from shop.infrastructure.external.webhooks import Webhooks, open_webhooks

if TYPE_CHECKING:
    from collections.abc import Callable


URLS: Final = ("https://one.example.com/hook?key=k1", "https://two.example.com/hook")


async def publish(answer: Callable[[httpx.Request], httpx.Response]) -> Event:
    """Publish an event.

    Args:
        answer: Answers the requests.

    Returns:
        The event.
    """
    event = Event("user.created", uuid.uuid4())
    transport = httpx.MockTransport(answer)
    async with httpx.AsyncClient(transport=transport) as client:
        await Webhooks(client, URLS).publish(event)
    return event


async def test_event_reaches_every_receiver() -> None:
    """All receivers are told the same."""
    requests: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        """Remember a request.

        Args:
            request: The request.

        Returns:
            A friendly response.
        """
        requests.append(request)
        return httpx.Response(HTTPStatus.NO_CONTENT)

    event = await publish(answer)
    assert {str(request.url) for request in requests} == set(URLS)
    assert [json.loads(request.content) for request in requests] == 2 * [
        {
            "id": str(event.id),
            "name": "user.created",
            "subject": str(event.subject),
            "occurred_at": event.occurred_at.isoformat(),
        }
    ]


async def test_failing_receiver_does_not_hold_the_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A refusal and a dead line are logged, without the secret in the address.

    Args:
        caplog: Captures the log.
    """

    def answer(request: httpx.Request) -> httpx.Response:
        """Fail in one of two ways.

        Args:
            request: The request.

        Raises:
            ConnectError: For the second receiver.

        Returns:
            A refusal.
        """
        if request.url.host == "two.example.com":
            message = "no route"
            raise httpx.ConnectError(message)
        return httpx.Response(HTTPStatus.FORBIDDEN)

    await publish(answer)
    records = [vars(record) for record in caplog.records if "host" in vars(record)]
    assert {(record["host"], record["reason"]) for record in records} == {
        ("one.example.com", "HTTPStatusError"),
        ("two.example.com", "ConnectError"),
    }
    assert "k1" not in str(records)


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
    async with open_webhooks(settings) as webhooks:
        assert isinstance(webhooks, Webhooks)


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
