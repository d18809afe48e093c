"""What endpoints promise besides success."""

from http import HTTPStatus
from typing import Any

from shop.schemas.errors import ErrorResponse

type Responses = dict[int | str, dict[str, Any]]


def errors(*statuses: HTTPStatus) -> Responses:
    """Describe the errors of an endpoint.

    Args:
        *statuses: Statuses besides those that every endpoint may answer with.

    Returns:
        The descriptions, for the documentation.
    """
    always = (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.SERVICE_UNAVAILABLE,
    )
    return {status.value: {"model": ErrorResponse} for status in (*always, *statuses)}
