"""Tests of the endpoints for customers."""

from __future__ import annotations

import json
import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from shop.infrastructure.configuration import ENV_PREFIX
from shop.infrastructure.security import digest_of

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

pytestmark = pytest.mark.integration

PATH = "/api/customers"
BURST = 12


@pytest.fixture(autouse=True)
def api_keys(clean_environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a key to each role, and little patience to all of them.

    Args:
        clean_environment (None): The environment without the developer's settings.
        monkeypatch (pytest.MonkeyPatch): Changes the environment.
    """
    holders = {
        role: {"sha256": digest_of(f"key-of-{role}"), "role": role}
        for role in ("viewer", "agent", "manager")
    }
    monkeypatch.setenv(f"{ENV_PREFIX}API_KEYS", json.dumps(holders))
    monkeypatch.setenv(f"{ENV_PREFIX}RATE_LIMIT_REQUESTS", str(BURST))
    # A slow machine must not earn a further request.
    monkeypatch.setenv(f"{ENV_PREFIX}RATE_LIMIT_SECONDS", "3600")


def key_of(role: str) -> dict[str, str]:
    """Show a key.

    Args:
        role (str): Role of the holder.

    Returns:
        dict[str, str]: The header.
    """
    return {"X-Api-Key": f"key-of-{role}"}


def test_life_of_a_customer(client: TestClient) -> None:
    """A customer is made, found, and led through the life cycle.

    Args:
        client (TestClient): Client of the application.
    """
    headers = key_of("manager")
    body = {"name": "Ada", "email": "Ada@example.com"}
    response = client.post(PATH, json=body, headers=headers)
    assert response.status_code == HTTPStatus.CREATED
    customer, place = response.json(), response.headers["Location"]
    assert customer["email"] == "ada@example.com"
    assert client.get(place, headers=headers).json() == customer

    for step, status in [("activate", "active"), ("close", "closed")]:
        response = client.post(f"{place}/{step}", headers=headers)
        assert response.json() == {**customer, "status": status}
        assert client.get(place, headers=headers).json()["status"] == status
    (listed,) = client.get(PATH, headers=headers).json()
    assert listed["id"] == customer["id"]


@pytest.mark.parametrize("headers", [{}, {"X-Api-Key": "guess"}, {"X-Api-Key": ""}])
def test_strangers_are_not_let_in(client: TestClient, headers: dict[str, str]) -> None:
    """Without a good key there is no answer.

    Args:
        client (TestClient): Client of the application.
        headers (dict[str, str]): Headers of the request.
    """
    response = client.get(PATH, headers=headers)
    assert response.status_code == HTTPStatus.UNAUTHORIZED
    assert response.headers["WWW-Authenticate"] == "ApiKey"
    assert response.json()["error"]["code"] == "unauthorized"


def test_role_is_not_enough(client: TestClient) -> None:
    """The policy holds for programs as well.

    Args:
        client (TestClient): Client of the application.
    """
    body = {"name": "Ada", "email": "ada@example.com"}
    response = client.post(PATH, json=body, headers=key_of("viewer"))
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "takes the role agent" in response.json()["error"]["message"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": "Ada", "email": "nobody"}, HTTPStatus.UNPROCESSABLE_ENTITY),
        ({"name": " ", "email": "ada@example.com"}, HTTPStatus.UNPROCESSABLE_ENTITY),
        ({"name": "Ada"}, HTTPStatus.UNPROCESSABLE_ENTITY),
        ({"name": "A", "email": "a\x00@example.com"}, HTTPStatus.UNPROCESSABLE_ENTITY),
        ({"name": "Eve", "email": "ADA@example.com"}, HTTPStatus.CONFLICT),
    ],
)
def test_bad_input_is_refused(
    client: TestClient, body: dict[str, str], status: HTTPStatus
) -> None:
    """The status tells what is wrong.

    Args:
        client (TestClient): Client of the application.
        body (dict[str, str]): Body of the request.
        status (HTTPStatus): The status expected.
    """
    first = {"name": "Ada", "email": "ada@example.com"}
    client.post(PATH, json=first, headers=key_of("agent"))
    response = client.post(PATH, json=body, headers=key_of("agent"))
    assert response.status_code == status


def test_illegal_steps_are_refused(client: TestClient) -> None:
    """Neither an unknown customer nor an impossible step goes through.

    Args:
        client (TestClient): Client of the application.
    """
    headers = key_of("manager")
    unknown = client.post(f"{PATH}/{uuid.uuid4()}/close", headers=headers)
    assert unknown.status_code == HTTPStatus.NOT_FOUND
    body = {"name": "Ada", "email": "ada@example.com"}
    place = client.post(PATH, json=body, headers=headers).headers["Location"]
    for step, status in [
        ("suspend", HTTPStatus.CONFLICT),
        ("read", HTTPStatus.UNPROCESSABLE_ENTITY),
        ("dance", HTTPStatus.UNPROCESSABLE_ENTITY),
    ]:
        assert client.post(f"{place}/{step}", headers=headers).status_code == status


def test_markup_stays_text(client: TestClient) -> None:
    """What looks like a script comes back as JSON that no browser runs.

    Args:
        client (TestClient): Client of the application.
    """
    body = {"name": "<script>alert(1)</script>", "email": "ada@example.com"}
    response = client.post(PATH, json=body, headers=key_of("agent"))
    assert response.json()["name"] == body["name"]
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_eager_caller_has_to_wait(client: TestClient) -> None:
    """A burst is cut off; others are served meanwhile.

    Args:
        client (TestClient): Client of the application.
    """
    for _ in range(BURST):
        client.get(PATH, headers=key_of("viewer"))
    response = client.get(PATH, headers=key_of("viewer"))
    assert response.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert int(response.headers["Retry-After"]) > 0
    assert client.get(PATH, headers=key_of("agent")).status_code == HTTPStatus.OK
