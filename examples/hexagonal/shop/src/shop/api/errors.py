"""Exceptions translated into responses, all in one envelope."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, cast

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from shop.api.schemas.errors import ErrorDetail, ErrorResponse
from shop.domain.errors import (
    AppError,
    ExternalServiceError,
    NotFoundError,
    ValidationError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import fastapi

logger = logging.getLogger(__name__)

# Errors of the caller: the text of the exception is part of the answer.
CALLER_ERRORS: Final[Mapping[type[AppError], HTTPStatus]] = {
    ValidationError: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotFoundError: HTTPStatus.NOT_FOUND,
}
# How many wrong fields an answer names: a request may have any number of them.
MOST_FIELDS: Final = 10


def add_error_handlers(app: fastapi.FastAPI) -> None:
    """Register the handlers of this module.

    Args:
        app: The application.
    """
    app.add_exception_handler(AppError, handle_app_error)
    app.add_exception_handler(RequestValidationError, handle_invalid_request)
    app.add_exception_handler(HTTPException, handle_http_error)
    app.add_exception_handler(Exception, handle_defect)


def respond(
    status: HTTPStatus, message: str = "", headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """Build a response in the common envelope.

    Args:
        status: Status of the response; its name becomes the code of the error.
        message: What the caller may read; by default the phrase of the status.
        headers: Further headers.

    Returns:
        The response.
    """
    code = status.name.lower()
    detail = ErrorDetail(code=code, message=message or status.phrase)
    body = ErrorResponse(error=detail)
    return JSONResponse(body.model_dump(), status_code=status, headers=headers)


async def handle_app_error(_: fastapi.Request, error: Exception) -> JSONResponse:
    """Translate an exception of the application.

    Args:
        _: The request.
        error: An ``AppError``.

    Returns:
        The response; only for errors of the caller it shows the exception's text.
    """
    for kind, status in CALLER_ERRORS.items():
        if isinstance(error, kind):
            return respond(status, str(error))
    logger.error("Request failed", exc_info=error)
    if isinstance(error, ExternalServiceError):
        return respond(HTTPStatus.SERVICE_UNAVAILABLE)
    return respond(HTTPStatus.INTERNAL_SERVER_ERROR)


async def handle_invalid_request(_: fastapi.Request, error: Exception) -> JSONResponse:
    """Translate a request that does not match its schema.

    Args:
        _: The request.
        error: A ``RequestValidationError``.

    Returns:
        The response; it names the wrong fields but does not repeat their values.
    """
    fields = {
        "body" if item["type"] == "json_invalid" else ".".join(map(str, item["loc"]))
        for item in cast("RequestValidationError", error).errors()
    }
    message = f"Missing or invalid: {', '.join(sorted(fields)[:MOST_FIELDS])}"
    return respond(HTTPStatus.UNPROCESSABLE_ENTITY, message)


async def handle_http_error(_: fastapi.Request, error: Exception) -> JSONResponse:
    """Translate what the framework raises, for example for an unknown path.

    Args:
        _: The request.
        error: An ``HTTPException``.

    Returns:
        The response.
    """
    refusal = cast("HTTPException", error)
    status = HTTPStatus(refusal.status_code)
    return respond(status, str(refusal.detail), refusal.headers)


async def handle_defect(_: fastapi.Request, __: Exception) -> JSONResponse:
    """Answer after an unexpected exception; the server itself logs it.

    Args:
        _: The request.
        __: The exception.

    Returns:
        A response without any details.
    """
    return respond(HTTPStatus.INTERNAL_SERVER_ERROR)
