"""Tests of cross-origin requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shop.config import ENV_PREFIX, get_settings
from shop.domain.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi.testclient import TestClient

    from shop.config import Settings

pytestmark = pytest.mark.integration

ALLOWED_ORIGIN_HEADER = "Access-Control-Allow-Origin"
ORIGIN = "https://shop.example.com"


@pytest.fixture
def settings(
    clean_environment: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Settings]:
    """Provide settings with origins.

    Args:
        clean_environment: The environment without the developer's settings.
        monkeypatch: Changes the environment.

    Yields:
        The settings.
    """
    monkeypatch.setenv(f"{ENV_PREFIX}CORS_ORIGINS", f"http://localhost:3000, {ORIGIN}")
    get_settings.cache_clear()
    yield get_settings()
    get_settings.cache_clear()


def ask(client: TestClient, origin: str) -> str | None:
    """Ask before a cross-origin request, as browsers do.

    Args:
        client: Client of the application.
        origin: Where the page comes from.

    Returns:
        The origin that is allowed, or nothing.
    """
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "X-Tenant-Id",
    }
    return client.options("/health", headers=headers).headers.get(ALLOWED_ORIGIN_HEADER)


def test_only_known_origins_may_ask(client: TestClient) -> None:
    """A page from elsewhere does not get to read the answers.

    Args:
        client: Client of the application.
    """
    assert ask(client, ORIGIN) == ORIGIN
    assert ask(client, "https://evil.example.com") is None


def test_refusals_can_be_read_as_well(client: TestClient) -> None:
    """A page learns why its request was refused.

    Args:
        client: Client of the application.
    """
    response = client.get("/nowhere", headers={"Origin": ORIGIN})
    assert response.headers[ALLOWED_ORIGIN_HEADER] == ORIGIN


@pytest.mark.parametrize("origin", ["*", "shop.example.com", "https://a.example.com/"])
@pytest.mark.usefixtures("settings")
def test_what_is_no_origin_is_refused(
    origin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither everybody nor a page is an origin.

    Args:
        origin: The wrong origin.
        monkeypatch: Changes the environment.
    """
    monkeypatch.setenv(f"{ENV_PREFIX}CORS_ORIGINS", origin)
    get_settings.cache_clear()
    with pytest.raises(ConfigurationError, match="settings: cors_origins "):
        get_settings()
