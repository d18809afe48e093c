"""Tests of the translation of exceptions."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

import fastapi
import pytest
from fastapi.exceptions import RequestValidationError

from shop.api.errors import handle_app_error, handle_invalid_request
from shop.domain.errors import (
    ConfigurationError,
    ExternalServiceError,
    NotFoundError,
    ValidationError,
)

if TYPE_CHECKING:
    from shop.domain.errors import AppError


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (ValidationError("Name is empty"), 422, "Name is empty"),
        (NotFoundError("No such user"), 404, "No such user"),
        (ExternalServiceError("db.internal is down"), 503, "Service Unavailable"),
        (ConfigurationError("/etc/secret"), 500, "Internal Server Error"),
    ],
)
async def test_only_errors_of_the_caller_show_their_text(
    error: AppError, status: int, message: str
) -> None:
    """The caller reads about its own mistakes, not about the inside of the service.

    Args:
        error (AppError): What the application raised.
        status (int): The status expected.
        message (str): The message expected.
    """
    request = fastapi.Request({"type": "http"})
    response = await handle_app_error(request, error)
    body = json.loads(bytes(response.body))
    assert response.status_code == status
    assert body["error"]["message"] == message
    assert body["error"]["code"] == HTTPStatus(status).name.lower()


async def test_invalid_request_is_not_repeated() -> None:
    """The caller learns which fields are wrong; what it sent is not sent back."""
    request = fastapi.Request({"type": "http"})
    problem = {
        "loc": ("body", "age"),
        "msg": "not a number: hunter2",
        "input": "hunter2",
    }
    response = await handle_invalid_request(request, RequestValidationError([problem]))
    body = json.loads(bytes(response.body))
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert body["error"]["message"] == "Missing or invalid: body.age"
