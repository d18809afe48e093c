"""What tests do to get users."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING

from shop.api.promote import promote
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from shop.core.config import Settings

USERS = "/api/v1/users"
LOGIN = "/api/v1/login"


def register(client: TestClient, email: str) -> int:
    """Register a user.

    Args:
        client: Client of the application.
        email: E-mail address of the user.

    Returns:
        Number of the user.
    """
    body = {"email": email, "name": "Ada", "password": PASSWORD}
    response = client.post(USERS, json=body)
    assert response.status_code == HTTPStatus.CREATED
    number: int = response.json()["id"]
    return number


def sign_in(client: TestClient, email: str) -> dict[str, str]:
    """Sign a user in.

    Args:
        client: Client of the application.
        email: E-mail address of the user.

    Returns:
        Headers with the token of the user.
    """
    response = client.post(LOGIN, json={"email": email, "password": PASSWORD})
    assert response.status_code == HTTPStatus.OK
    client.cookies.clear()
    return {"Authorization": f"Bearer {response.json()['access_token']}"}


def sign_up(client: TestClient, email: str) -> dict[str, str]:
    """Register a user, and sign the user in.

    Args:
        client: Client of the application.
        email: E-mail address of the user.

    Returns:
        Headers with the token of the user.
    """
    register(client, email)
    return sign_in(client, email)


def sign_up_admin(client: TestClient, settings: Settings) -> dict[str, str]:
    """Register an administrator, and sign that user in.

    Args:
        client: Client of the application.
        settings: Settings of the application.

    Returns:
        Headers with the token of the user.
    """
    headers = sign_up(client, "admin@example.com")
    asyncio.run(promote("admin@example.com", settings))
    return headers
