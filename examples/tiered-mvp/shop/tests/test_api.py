"""Tests of the endpoints."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

import main

if TYPE_CHECKING:
    import httpx2

ADA = {"email": "ada@example.com", "name": "Ada", "password": "correct horse"}


def sign_in(client: TestClient, password: str) -> httpx2.Response:
    """Ask for a token as Ada.

    Args:
        client: Client of the application.
        password: The password to try.

    Returns:
        The answer.
    """
    return client.post("/token", data={"username": ADA["email"], "password": password})


def read_me(client: TestClient, token: str) -> httpx2.Response:
    """Ask who is signed in.

    Args:
        client: Client of the application.
        token: The token to send.

    Returns:
        The answer.
    """
    return client.get("/me", headers={"Authorization": f"Bearer {token}"})


def test_service_is_healthy(client: TestClient) -> None:
    """The service says that it can work.

    Args:
        client: Client of the application.
    """
    assert client.get("/health").json() == {"status": "healthy"}


def test_user_is_created_and_listed(client: TestClient) -> None:
    """A user that was created is in the list, without the password.

    Args:
        client: Client of the application.
    """
    assert client.get("/users").json() == []
    response = client.post("/users", json=ADA)
    assert response.status_code == HTTPStatus.CREATED
    assert response.json() == {"id": 1, "email": "ada@example.com", "name": "Ada"}
    assert client.get("/users").json() == [response.json()]
    assert client.get("/users", params={"offset": 1}).json() == []


@pytest.mark.parametrize("query", [{"limit": 0}, {"offset": 2**63}])
def test_invalid_page_is_refused(client: TestClient, query: dict[str, int]) -> None:
    """A page has its bounds.

    Args:
        client: Client of the application.
        query: What is out of them.
    """
    response = client.get("/users", params=query)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_users_outlive_the_process(client: TestClient) -> None:
    """What was stored is there after a restart.

    Args:
        client: Client of the application.
    """
    client.post("/users", json=ADA)
    main.get_engine().dispose()
    main.get_engine.cache_clear()
    with TestClient(main.app) as restarted:
        assert len(restarted.get("/users").json()) == 1


def test_address_can_be_used_once(client: TestClient) -> None:
    """A second user with the address is refused, whatever its case.

    Args:
        client: Client of the application.
    """
    client.post("/users", json=ADA)
    response = client.post("/users", json=ADA | {"email": "Ada@Example.com"})
    assert response.status_code == HTTPStatus.CONFLICT


@pytest.mark.parametrize(
    "change", [{"email": "nope"}, {"name": ""}, {"password": "1234567"}]
)
def test_invalid_user_is_refused(client: TestClient, change: dict[str, str]) -> None:
    """Each field has its rules.

    Args:
        client: Client of the application.
        change: What breaks a rule.
    """
    response = client.post("/users", json=ADA | change)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_user_signs_in(client: TestClient) -> None:
    """The password opens the way to what belongs to the user.

    Args:
        client: Client of the application.
    """
    client.post("/users", json=ADA)
    response = sign_in(client, ADA["password"])
    assert response.status_code == HTTPStatus.OK
    token = response.json()
    assert token["token_type"] == "bearer"
    assert read_me(client, token["access_token"]).json()["email"] == ADA["email"]


def test_wrong_credentials_are_refused(client: TestClient) -> None:
    """A wrong password and an unknown address get the same answer.

    Args:
        client: Client of the application.
    """
    unknown = sign_in(client, ADA["password"])
    client.post("/users", json=ADA)
    wrong = sign_in(client, "wrong horse")
    assert unknown.status_code == wrong.status_code == HTTPStatus.UNAUTHORIZED
    assert unknown.json() == wrong.json() == {"detail": "Invalid credentials"}


def test_unfit_token_is_refused(client: TestClient) -> None:
    """Neither a foreign, nor an old, nor a missing token opens the way.

    Args:
        client: Client of the application.
    """
    settings = main.get_settings()
    old = settings.model_copy(update={"token_minutes": -1})
    other = settings.model_copy(update={"secret_key": SecretStr("k" * 32)})
    client.post("/users", json=ADA)
    for token in (
        main.create_access_token("gone@example.com", settings),
        main.create_access_token(ADA["email"], old),
        main.create_access_token(ADA["email"], other),
    ):
        assert read_me(client, token).status_code == HTTPStatus.UNAUTHORIZED
    assert client.get("/me").status_code == HTTPStatus.UNAUTHORIZED
