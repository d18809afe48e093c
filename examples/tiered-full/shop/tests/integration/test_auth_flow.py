"""Tests of the way from a password to a protected endpoint."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from shop.core.config import Environment
from tests.accounts import LOGIN, USERS, register, sign_up, sign_up_admin
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from shop.core.config import Settings

pytestmark = pytest.mark.integration

ADA = "ada@example.com"
ME = f"{USERS}/me"


def test_token_opens_the_interface(client: TestClient) -> None:
    """Only whoever is signed in gets past the door.

    Args:
        client: Client of the application.
    """
    assert client.get(ME).status_code == HTTPStatus.UNAUTHORIZED
    headers = sign_up(client, ADA)
    assert client.get(ME, headers=headers).json()["email"] == ADA
    response = client.get(ME, headers={"Authorization": "Bearer broken"})
    assert response.status_code == HTTPStatus.UNAUTHORIZED
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_cookie_opens_the_interface(client: TestClient) -> None:
    """A browser needs nothing but the cookie, until it signs out.

    Args:
        client: Client of the application.
    """
    register(client, ADA)
    response = client.post(LOGIN, json={"email": ADA, "password": PASSWORD})
    assert response.headers["Cache-Control"] == "no-store"
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Secure" not in cookie
    assert client.get(ME).json()["email"] == ADA
    client.post("/api/v1/logout")
    assert client.get(ME).status_code == HTTPStatus.UNAUTHORIZED


def test_password_flow_works(client: TestClient) -> None:
    """The documentation page can sign in as OAuth2 has it.

    Args:
        client: Client of the application.
    """
    register(client, ADA)
    schemes = client.get("/openapi.json").json()["components"]["securitySchemes"]
    (scheme,) = schemes.values()
    assert scheme["type"] == "oauth2"
    form = {"username": ADA, "password": PASSWORD}
    response = client.post(scheme["flows"]["password"]["tokenUrl"], data=form)
    assert response.json()["token_type"] == "bearer"


def test_wrong_credentials_are_refused(client: TestClient) -> None:
    """A wrong password and an unknown address get the same answer.

    Args:
        client: Client of the application.
    """
    register(client, ADA)
    wrong = client.post(LOGIN, json={"email": ADA, "password": "wrong horse"})
    unknown = client.post(
        LOGIN, json={"email": "eve@example.com", "password": PASSWORD}
    )
    assert wrong.status_code == unknown.status_code == HTTPStatus.UNAUTHORIZED
    assert wrong.json() == unknown.json()
    assert wrong.json()["detail"] == "Invalid credentials"


def test_refresh_token_gives_new_tokens(client: TestClient) -> None:
    """A refresh token can be exchanged, an access token cannot.

    Args:
        client: Client of the application.
    """
    register(client, ADA)
    tokens = client.post(LOGIN, json={"email": ADA, "password": PASSWORD}).json()
    path = "/api/v1/refresh"
    response = client.post(path, json={"refresh_token": tokens["refresh_token"]})
    assert response.status_code == HTTPStatus.OK
    assert response.json().keys() == tokens.keys()
    response = client.post(path, json={"refresh_token": tokens["access_token"]})
    assert response.status_code == HTTPStatus.UNAUTHORIZED


def test_role_decides(client: TestClient, settings: Settings) -> None:
    """What is not for everybody is for administrators only.

    Args:
        client: Client of the application.
        settings: Settings of the application.
    """
    response = client.get(USERS, headers=sign_up(client, ADA))
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert response.json()["detail"] == "Insufficient permissions"
    response = client.get(USERS, headers=sign_up_admin(client, settings))
    assert response.status_code == HTTPStatus.OK


def test_cookie_is_secure_outside_of_local_machines(
    client: TestClient, settings: Settings
) -> None:
    """In production the cookie travels encrypted only.

    Args:
        client: Client of the application.
        settings: Settings of the application.
    """
    register(client, ADA)
    production = settings.model_copy(update={"environment": Environment.PRODUCTION})
    client.app.state.settings = production  # type: ignore[attr-defined]
    response = client.post(LOGIN, json={"email": ADA, "password": PASSWORD})
    assert "Secure" in response.headers["Set-Cookie"]
