"""Tests of the endpoints for users."""

from __future__ import annotations

import logging
import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest

from shop.exceptions import ExternalServiceError
from shop.services.users import UserService

if TYPE_CHECKING:
    from fastapi.testclient import TestClient
    from pytest_mock import MockerFixture

pytestmark = pytest.mark.integration

USERS = "/api/users"


def register(client: TestClient, email: str = "ada@example.com") -> dict[str, Any]:
    """Register a user.

    Args:
        client: Client of the application.
        email: E-mail address of the user.

    Returns:
        The answer.
    """
    response = client.post(USERS, json={"email": email, "name": "Ada"})
    assert response.status_code == HTTPStatus.CREATED
    user: dict[str, Any] = response.json()
    return user


def test_life_of_a_user(client: TestClient) -> None:
    """A user is registered, read, listed, changed and forgotten.

    Args:
        client: Client of the application.
    """
    user = register(client)
    path = f"{USERS}/{user['id']}"
    assert client.get(path).json() == user
    assert client.get(USERS).json() == [user]

    change = {"email": "lovelace@example.com", "name": "Ada Lovelace"}
    assert client.put(path, json=change).json() == user | change
    assert client.get(path).json() == user | change

    assert client.delete(path).status_code == HTTPStatus.NO_CONTENT
    assert client.get(path).status_code == HTTPStatus.NOT_FOUND


def test_list_comes_in_pages(client: TestClient) -> None:
    """The query selects a part of the list.

    Args:
        client: Client of the application.
    """
    users = [register(client, f"user-{number}@example.com") for number in range(3)]
    response = client.get(USERS, params={"limit": 1, "offset": 1})
    assert response.json() == users[1:2]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_unknown_user_is_not_found(client: TestClient, method: str) -> None:
    """Whoever asks for an unknown user is told so.

    Args:
        client: Client of the application.
        method: Method of the request.
    """
    body = {"email": "ada@example.com", "name": "Ada"}
    response = client.request(method, f"{USERS}/{uuid.uuid4()}", json=body)
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert response.json()["error"]["code"] == "not_found"


def test_address_can_be_used_once(client: TestClient) -> None:
    """A second registration is refused, and the refusal does not repeat the address.

    Args:
        client: Client of the application.
    """
    register(client)
    body = {"email": "ADA@example.com", "name": "Eve"}
    response = client.post(USERS, json=body)
    assert response.status_code == HTTPStatus.CONFLICT
    assert response.json()["error"]["code"] == "conflict"
    assert "example.com" not in response.text.lower()


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "Missing or invalid: body.email, body.name"),
        ({"email": "ada", "name": "Ada"}, "E-mail address is malformed"),
        ({"email": "ada@example.com", "name": " "}, "Name is empty"),
        (
            {"email": "ada@example.com", "name": "Ada", "admin": True},
            "Missing or invalid: body.admin",
        ),
    ],
)
def test_invalid_user_is_refused(
    client: TestClient, body: dict[str, Any], message: str
) -> None:
    """The client learns what is wrong.

    Args:
        client: Client of the application.
        body: What the client sends.
        message: The message expected.
    """
    response = client.post(USERS, json=body)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert response.json()["error"]["message"] == message


@pytest.mark.parametrize(
    "path", ["/not-a-uuid", "?limit=0", "?offset=-1", f"?offset={2**31}"]
)
def test_invalid_address_is_refused(client: TestClient, path: str) -> None:
    """Path and query are validated as well.

    Args:
        client: Client of the application.
        path: The end of the address.
    """
    response = client.get(f"{USERS}{path}")
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_outage_is_not_a_defect(client: TestClient, mocker: MockerFixture) -> None:
    """When a dependency fails, the client may come back later.

    Args:
        client: Client of the application.
        mocker: Makes the dependency fail.
    """
    outage = ExternalServiceError("db.internal refuses connections")
    mocker.patch.object(UserService, "page", autospec=True, side_effect=outage)
    response = client.get(USERS)
    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "db.internal" not in response.text


def test_personal_data_is_not_logged(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    """Not even the most talkative log names a person.

    Args:
        client: Client of the application.
        caplog: Captures the log.
    """
    with caplog.at_level(logging.DEBUG, logger="shop"):
        register(client)
        client.post(USERS, json={"email": "ada@example.com", "name": "Ada"})
    assert "User registered" in caplog.messages
    assert "ada@example.com" not in str([vars(item) for item in caplog.records])
