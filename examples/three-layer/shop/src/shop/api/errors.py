"""Exceptions translated into responses, all in one envelope."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, cast

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from shop.api.schemas import ErrorDetail, ErrorResponse
from shop.domain.errors import (
    AppError,
    ConflictError,
    ExternalServiceError,
    ForbiddenError,
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
    ConflictError: HTTPStatus.CONFLICT,
    ForbiddenError: HTTPStatus.FORBIDDEN,
}
# How many wrong fields an answer names: a request may have any number of them.
MOST_FIELDS: Final = 10


def add_error_handlers(app: fastapi.FastAPI) -> None:
    """Register the handlers of this module.

    Args:
        app (fastapi.FastAPI): The application.

    Example:
        ```python
        import fastapi

        from shop.api.errors import add_error_handlers
        from shop.domain.errors import AppError

        app = fastapi.FastAPI()
        add_error_handlers(app)
        AppError in app.exception_handlers
        # True
        ```

        <!-- As a doctest:
        >>> import fastapi
        >>> app = fastapi.FastAPI()
        >>> add_error_handlers(app)
        >>> AppError in app.exception_handlers
        True

        -->
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
        status (HTTPStatus): Status of the response; its name becomes the code of the
            error.
        message (str): What the caller may read; by default the phrase of the status.
        headers (Mapping[str, str] | None): Further headers.

    Returns:
        JSONResponse: The response.

    Example:
        ```python
        from http import HTTPStatus

        from shop.api.errors import respond

        respond(HTTPStatus.NOT_FOUND).body
        # b'{"error":{"code":"not_found","message":"Not Found"}}'
        ```

        <!-- As a doctest:
        >>> respond(HTTPStatus.NOT_FOUND).body
        b'{"error":{"code":"not_found","message":"Not Found"}}'

        -->
    """
    code = status.name.lower()
    detail = ErrorDetail(code=code, message=message or status.phrase)
    body = ErrorResponse(error=detail)
    return JSONResponse(body.model_dump(), status_code=status, headers=headers)


async def handle_app_error(_: fastapi.Request, error: Exception) -> JSONResponse:
    """Translate an exception of the application.

    Args:
        _ (fastapi.Request): The request.
        error (Exception): An ``AppError``.

    Returns:
        JSONResponse: The response; only for errors of the caller it shows the
            exception's text.

    Example:
        ```python
        import asyncio

        import fastapi

        from shop.api.errors import handle_app_error
        from shop.domain.errors import NotFoundError

        request = fastapi.Request({"type": "http"})
        response = asyncio.run(
            handle_app_error(request, NotFoundError("No such thing"))
        )
        int(response.status_code)
        # 404
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> import fastapi
        >>> request = fastapi.Request({"type": "http"})
        >>> response = asyncio.run(
        ...     handle_app_error(request, NotFoundError("No such thing"))
        ... )
        >>> int(response.status_code)
        404

        -->
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
        _ (fastapi.Request): The request.
        error (Exception): A ``RequestValidationError``.

    Returns:
        JSONResponse: The response; it names the wrong fields but does not repeat their
            values.

    Example:
        ```python
        import asyncio

        import fastapi
        from fastapi.exceptions import RequestValidationError

        from shop.api.errors import handle_invalid_request

        request = fastapi.Request({"type": "http"})
        error = RequestValidationError(
            [{"type": "missing", "loc": ("body", "age")}]
        )
        int(asyncio.run(handle_invalid_request(request, error)).status_code)
        # 422
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> import fastapi
        >>> request = fastapi.Request({"type": "http"})
        >>> error = RequestValidationError(
        ...     [{"type": "missing", "loc": ("body", "age")}]
        ... )
        >>> int(asyncio.run(handle_invalid_request(request, error)).status_code)
        422

        -->
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
        _ (fastapi.Request): The request.
        error (Exception): An ``HTTPException``.

    Returns:
        JSONResponse: The response.

    Example:
        ```python
        import asyncio

        import fastapi
        from starlette.exceptions import HTTPException

        from shop.api.errors import handle_http_error

        request = fastapi.Request({"type": "http"})
        int(asyncio.run(handle_http_error(request, HTTPException(405))).status_code)
        # 405
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> import fastapi
        >>> request = fastapi.Request({"type": "http"})
        >>> int(asyncio.run(handle_http_error(request, HTTPException(405))).status_code)
        405

        -->
    """
    refusal = cast("HTTPException", error)
    status = HTTPStatus(refusal.status_code)
    return respond(status, str(refusal.detail), refusal.headers)


async def handle_defect(_: fastapi.Request, __: Exception) -> JSONResponse:
    """Answer after an unexpected exception; the server itself logs it.

    Args:
        _ (fastapi.Request): The request.
        __ (Exception): The exception.

    Returns:
        JSONResponse: A response without any details.

    Example:
        ```python
        import asyncio

        import fastapi

        from shop.api.errors import handle_defect

        request = fastapi.Request({"type": "http"})
        asyncio.run(handle_defect(request, LookupError("secret"))).body
        # b'{"error":{"code":"internal_server_error","message":"Internal Server Error"}}'
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> import fastapi
        >>> request = fastapi.Request({"type": "http"})
        >>> asyncio.run(handle_defect(request, LookupError("secret"))).body
        b'{"error":{"code":"internal_server_error","message":"Internal Server Error"}}'

        -->
    """
    return respond(HTTPStatus.INTERNAL_SERVER_ERROR)
