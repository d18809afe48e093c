"""Tests of the endpoints for users."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy.engine.default import DefaultDialect

from shop.api.app import create_app
from shop.domain.errors import ExternalServiceError
from shop.infrastructure.external.webhooks import Webhooks
from shop.infrastructure.repositories.users import UserRepository

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from pytest_mock import MockerFixture
    from sqlalchemy.ext.asyncio import AsyncSession

    from shop.config.settings import Settings

pytestmark = pytest.mark.integration

USERS: Final = "/api/users"


@pytest.fixture
async def client(
    settings: Settings, database_schema: None
) -> AsyncIterator[AsyncClient]:
    """Run the application on the event loop of the test and talk to it.

    Args:
        settings: Settings of the application.
        database_schema: The tables that the application expects.

    Yields:
        A client; a defect of the application becomes a response, as in production.
    """
    app = create_app(settings)
    transport = ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=transport, base_url="http://test") as client,
    ):
        yield client


async def create(client: AsyncClient, email: str) -> dict[str, Any]:
    """Create a user.

    Args:
        client: Client of the application.
        email: E-mail address of the user.

    Returns:
        The answer.
    """
    response = await client.post(USERS, json={"email": email, "name": "Ada"})
    assert response.status_code == HTTPStatus.CREATED
    user: dict[str, Any] = response.json()
    return user


async def test_create_user(client: AsyncClient, db: AsyncSession) -> None:
    """A new user is in the database when the answer arrives.

    Args:
        client: Client of the application.
        db: A session of the test's own.
    """
    body = {"email": "test@example.com", "name": "Test User"}
    response = await client.post(USERS, json=body)
    assert response.status_code == HTTPStatus.CREATED
    assert response.json()["email"] == "test@example.com"
    user = await UserRepository(db).get_by_id(uuid.UUID(response.json()["id"]))
    assert user is not None
    assert user.name == "Test User"


async def test_life_of_a_user(client: AsyncClient) -> None:
    """A user is created, read, listed and forgotten.

    Args:
        client: Client of the application.
    """
    user = await create(client, "ada@example.com")
    path = f"{USERS}/{user['id']}"
    assert user["created_at"].endswith("Z")
    assert (await client.get(path)).json() == user
    assert (await client.get(USERS)).json() == [user]

    assert (await client.delete(path)).status_code == HTTPStatus.NO_CONTENT
    assert (await client.get(path)).status_code == HTTPStatus.NOT_FOUND
    assert (await client.delete(path)).status_code == HTTPStatus.NOT_FOUND


async def test_list_comes_in_pages(client: AsyncClient) -> None:
    """The query selects a part of the list.

    Args:
        client: Client of the application.
    """
    users = [await create(client, f"user-{number}@example.com") for number in range(3)]
    response = await client.get(USERS, params={"limit": 1, "offset": 1})
    assert response.json() == users[1:2]


async def test_address_can_be_used_once(client: AsyncClient) -> None:
    """A second user of an address is refused, and the refusal does not repeat it.

    Args:
        client: Client of the application.
    """
    await create(client, "ada@example.com")
    body = {"email": "ADA@example.com", "name": "Eve"}
    response = await client.post(USERS, json=body)
    assert response.status_code == HTTPStatus.CONFLICT
    assert response.json()["error"]["code"] == "conflict"
    assert "example.com" not in response.text.lower()


async def test_others_are_told_of_a_new_user(
    client: AsyncClient, mocker: MockerFixture
) -> None:
    """An event follows the creation, and no event a refusal.

    Args:
        client: Client of the application.
        mocker: Replaces what spreads events.
    """
    publish = mocker.patch.object(Webhooks, "publish")
    user = await create(client, "ada@example.com")
    await client.post(USERS, json={"email": "ada@example.com", "name": "Eve"})
    (call,) = publish.await_args_list
    assert call.args[0].name == "user.created"
    assert str(call.args[0].subject) == user["id"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "Missing or invalid: body.email, body.name"),
        ({"email": "bad", "name": "Ada"}, "Missing or invalid: body.email"),
        ({"email": "a@example.com", "name": " A "}, "Missing or invalid: body.name"),
        (
            {"email": "a@example.com", "name": "x" * 101},
            "Missing or invalid: body.name",
        ),
        (
            {"email": "a@example.com", "name": "A\u0000a"},
            "Name holds characters that cannot be shown",
        ),
        (
            {"email": "a@example.com", "name": "Ada", "admin": True},
            "Missing or invalid: body.admin",
        ),
    ],
)
async def test_invalid_user_is_refused(
    client: AsyncClient, body: dict[str, Any], message: str
) -> None:
    """The client learns what is wrong.

    Args:
        client: Client of the application.
        body: What the client sends.
        message: The message expected.
    """
    response = await client.post(USERS, json=body)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert response.json()["error"]["message"] == message


@pytest.mark.parametrize(
    "path", ["/not-a-uuid", "?limit=0", "?limit=101", "?offset=-1"]
)
async def test_invalid_address_is_refused(client: AsyncClient, path: str) -> None:
    """Path and query are validated as well.

    Args:
        client: Client of the application.
        path: The end of the address.
    """
    response = await client.get(f"{USERS}{path}")
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        (ExternalServiceError("db.internal is down"), HTTPStatus.SERVICE_UNAVAILABLE),
        (RuntimeError("db.internal is odd"), HTTPStatus.INTERNAL_SERVER_ERROR),
    ],
)
async def test_failed_commit_is_no_success(
    client: AsyncClient, mocker: MockerFixture, failure: Exception, status: HTTPStatus
) -> None:
    """Nobody is told of a user that was not committed.

    Args:
        client: Client of the application.
        mocker: Makes the commit fail.
        failure: What the commit raises.
        status: The status expected.
    """
    publish = mocker.patch.object(Webhooks, "publish")
    mocker.patch.object(DefaultDialect, "do_commit", side_effect=failure)
    response = await client.post(
        USERS, json={"email": "ada@example.com", "name": "Ada"}
    )
    assert response.status_code == status
    assert "db.internal" not in response.text
    publish.assert_not_awaited()
