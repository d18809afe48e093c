"""Tests of the endpoints for users."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest

from tests.accounts import USERS, register, sign_up, sign_up_admin

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from shop.core.config import Settings

pytestmark = pytest.mark.integration

ADA = {"email": "ada@example.com", "name": "Ada", "password": "correct horse"}


def test_user_is_registered(client: TestClient) -> None:
    """Registration needs no token, and its answer holds no password.

    Args:
        client: Client of the application.
    """
    response = client.post(USERS, json=ADA)
    assert response.status_code == HTTPStatus.CREATED
    user = response.json()
    assert (user["id"], user["email"], user["role"]) == (1, ADA["email"], "member")
    assert "password" not in response.text


def test_address_can_be_used_once(client: TestClient) -> None:
    """A second registration is refused, and the refusal does not repeat the address.

    Args:
        client: Client of the application.
    """
    client.post(USERS, json=ADA)
    response = client.post(USERS, json=ADA | {"email": "ADA@example.com"})
    assert response.status_code == HTTPStatus.CONFLICT
    assert "example.com" not in response.text.lower()


@pytest.mark.parametrize(
    "change",
    [
        {"email": "nope"},
        {"email": "' OR 1=1 --"},
        {"name": "A\0da"},
        {"name": " "},
        {"password": "1234567"},
        {"role": "admin"},
    ],
)
def test_invalid_user_is_refused(client: TestClient, change: dict[str, Any]) -> None:
    """Each field has its rules, and the answer does not repeat what was sent.

    Args:
        client: Client of the application.
        change: What breaks a rule.
    """
    response = client.post(USERS, json=ADA | change)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "1234567" not in response.text


def test_users_are_read_one_by_one(client: TestClient, settings: Settings) -> None:
    """Users read themselves, administrators everybody.

    Args:
        client: Client of the application.
        settings: Settings of the application.
    """
    ada = sign_up(client, "ada@example.com")
    other = register(client, "eve@example.com")
    assert client.get(f"{USERS}/1").status_code == HTTPStatus.UNAUTHORIZED
    assert client.get(f"{USERS}/1", headers=ada).json()["name"] == "Ada"
    response = client.get(f"{USERS}/{other}", headers=ada)
    assert response.status_code == HTTPStatus.NOT_FOUND
    admin = sign_up_admin(client, settings)
    assert client.get(f"{USERS}/{other}", headers=admin).json()["id"] == other
    assert client.get(f"{USERS}/99", headers=admin).status_code == HTTPStatus.NOT_FOUND


def test_users_are_listed_in_pages(client: TestClient, settings: Settings) -> None:
    """The query selects a part of the list.

    Args:
        client: Client of the application.
        settings: Settings of the application.
    """
    admin = sign_up_admin(client, settings)
    register(client, "ada@example.com")
    page = client.get(USERS, params={"limit": 1, "offset": 1}, headers=admin).json()
    assert [user["email"] for user in page] == ["ada@example.com"]
    response = client.get(USERS, params={"limit": 0}, headers=admin)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_several_users_are_registered_or_none(
    client: TestClient, settings: Settings
) -> None:
    """One address in use refuses all of them.

    Args:
        client: Client of the application.
        settings: Settings of the application.
    """
    admin = sign_up_admin(client, settings)
    body = [ADA, ADA | {"email": "eve@example.com"}]
    path = f"{USERS}/bulk"
    assert client.post(path, json=body).status_code == HTTPStatus.UNAUTHORIZED
    response = client.post(path, json=body, headers=admin)
    assert response.status_code == HTTPStatus.CREATED
    response = client.post(
        path, json=[ADA | {"email": "x@example.com"}, ADA], headers=admin
    )
    assert response.status_code == HTTPStatus.CONFLICT
    assert len(client.get(USERS, headers=admin).json()) == 3
    response = client.post(path, json=[], headers=admin)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
