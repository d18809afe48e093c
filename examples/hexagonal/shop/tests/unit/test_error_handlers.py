"""Tests of the translation of exceptions."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

import fastapi
import pytest
from fastapi.exceptions import RequestValidationError

from shop.api.errors import (
    MOST_FIELDS,
    handle_app_error,
    handle_invalid_request,
)
from shop.domain.errors import (
    ConfigurationError,
    ExternalServiceError,
    NotFoundError,
    ValidationError,
)

if TYPE_CHECKING:
    from shop.domain.errors import AppError

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("error", "status", "code", "message"),
    [
        (
            ValidationError("Name is empty"),
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "unprocessable_content",
            "Name is empty",
        ),
        (
            NotFoundError("No such user"),
            HTTPStatus.NOT_FOUND,
            "not_found",
            "No such user",
        ),
        (
            ExternalServiceError("db.internal is down"),
            HTTPStatus.SERVICE_UNAVAILABLE,
            "service_unavailable",
            "Service Unavailable",
        ),
        (
            ConfigurationError("/etc/secret"),
            HTTPStatus.INTERNAL_SERVER_ERROR,
            "internal_server_error",
            "Internal Server Error",
        ),
    ],
)
async def test_only_errors_of_the_caller_show_their_text(
    error: AppError, status: HTTPStatus, code: str, message: str
) -> None:
    """The caller reads about its own mistakes, not about the inside of the service.

    Args:
        error: What the application raised.
        status: The status expected.
        code: The stable name of the error that clients rely on.
        message: The message expected.
    """
    request = fastapi.Request({"type": "http"})
    response = await handle_app_error(request, error)
    body = json.loads(bytes(response.body))
    assert response.status_code == status
    assert body["error"]["message"] == message
    assert body["error"]["code"] == code


@pytest.mark.parametrize(
    ("kind", "loc", "name"),
    [
        ("int_parsing", ("body", "age"), "body.age"),
        ("json_invalid", ("body", 7), "body"),
    ],
)
async def test_invalid_request_is_not_repeated(
    kind: str, loc: tuple[str | int, ...], name: str
) -> None:
    """The caller learns what is wrong; what it sent is not sent back.

    Args:
        kind: Kind of the problem.
        loc: Where the problem is.
        name: How the place is named to the caller.
    """
    request = fastapi.Request({"type": "http"})
    problem = {"type": kind, "loc": loc, "msg": "not hunter2", "input": "hunter2"}
    response = await handle_invalid_request(request, RequestValidationError([problem]))
    body = json.loads(bytes(response.body))
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert body["error"]["message"] == f"Missing or invalid: {name}"


async def test_answer_does_not_grow_with_the_request() -> None:
    """Of many wrong fields only some are named."""
    request = fastapi.Request({"type": "http"})
    problems = [
        {"type": "extra_forbidden", "loc": ("body", f"x{n}")} for n in range(99)
    ]
    response = await handle_invalid_request(request, RequestValidationError(problems))
    assert bytes(response.body).count(b"body.") == MOST_FIELDS
