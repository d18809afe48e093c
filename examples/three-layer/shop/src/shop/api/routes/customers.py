"""Endpoints for customers."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, Final
from uuid import UUID

import fastapi

from shop.api.dependencies import CustomersDep, limit_rate
from shop.api.schemas import CustomerInput, CustomerResponse, ErrorResponse
from shop.domain.value_objects import LifecycleStep

type Responses = dict[int | str, dict[str, Any]]

PAGE_LIMIT: Final = 100
ANY_ERROR: Final[Responses] = {
    status.value: {"model": ErrorResponse}
    for status in (
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.SERVICE_UNAVAILABLE,
    )
}
NOT_FOUND: Final[Responses] = {HTTPStatus.NOT_FOUND.value: {"model": ErrorResponse}}
CONFLICT: Final[Responses] = {HTTPStatus.CONFLICT.value: {"model": ErrorResponse}}

CustomerBody = Annotated[CustomerInput, fastapi.Body()]
CustomerPath = Annotated[UUID, fastapi.Path(description="Identifier of the customer")]
StepPath = Annotated[LifecycleStep, fastapi.Path(description="Step of the life cycle")]
Limit = Annotated[int, fastapi.Query(ge=1, le=PAGE_LIMIT)]
Offset = Annotated[int, fastapi.Query(ge=0, lt=2**31)]

router = fastapi.APIRouter(
    prefix="/customers",
    tags=["customers"],
    dependencies=[fastapi.Depends(limit_rate)],
    responses=ANY_ERROR,
)


@router.get("")
async def list_customers(
    customers: CustomersDep, limit: Limit = 20, offset: Offset = 0
) -> list[CustomerResponse]:
    """List customers, the oldest first.

    Args:
        customers (CustomersDep): Use cases around customers.
        limit (Limit): How many customers to list at most.
        offset (Offset): How many customers to leave out.

    Returns:
        list[CustomerResponse]: The customers.

    Example:
        ```python
        from http import HTTPStatus

        from fastapi.testclient import TestClient

        from shop.api.app import create_app
        from shop.infrastructure.configuration import Settings

        settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        with TestClient(create_app(settings)) as client:
            status = client.get("/api/customers").status_code

        HTTPStatus(status).phrase
        # 'Unauthorized'
        ```

        <!-- As a doctest:
        >>> from fastapi.testclient import TestClient
        >>> from shop.api.app import create_app
        >>> from shop.infrastructure.configuration import Settings
        >>> settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        >>> with TestClient(create_app(settings)) as client:
        ...     status = client.get("/api/customers").status_code
        >>> HTTPStatus(status).phrase
        'Unauthorized'

        -->
    """
    page = await customers.queries.list_customers(limit, offset)
    return [CustomerResponse.from_entity(customer) for customer in page]


@router.post("", status_code=HTTPStatus.CREATED, responses=CONFLICT)
async def create_customer(
    customers: CustomersDep,
    body: CustomerBody,
    request: fastapi.Request,
    response: fastapi.Response,
) -> CustomerResponse:
    """Create a customer.

    Args:
        customers (CustomersDep): Use cases around customers.
        body (CustomerBody): What is known about the customer.
        request (fastapi.Request): Belongs to the application that knows its paths.
        response (fastapi.Response): Tells where the customer is found from now on.

    Returns:
        CustomerResponse: The customer.

    Example:
        ```python
        from http import HTTPStatus

        from fastapi.testclient import TestClient

        from shop.api.app import create_app
        from shop.infrastructure.configuration import Settings

        settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        with TestClient(create_app(settings)) as client:
            status = client.post("/api/customers").status_code

        HTTPStatus(status).phrase
        # 'Unauthorized'
        ```

        <!-- As a doctest:
        >>> from fastapi.testclient import TestClient
        >>> from shop.api.app import create_app
        >>> from shop.infrastructure.configuration import Settings
        >>> settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        >>> with TestClient(create_app(settings)) as client:
        ...     status = client.post("/api/customers").status_code
        >>> HTTPStatus(status).phrase
        'Unauthorized'

        -->
    """
    customer = await customers.service.create_customer(body.name, body.email)
    place = request.app.url_path_for("read_customer", customer_id=customer.id)
    response.headers["Location"] = place
    return CustomerResponse.from_entity(customer)


@router.get("/{customer_id}", responses=NOT_FOUND)
async def read_customer(
    customers: CustomersDep, customer_id: CustomerPath
) -> CustomerResponse:
    """Show a customer.

    Args:
        customers (CustomersDep): Use cases around customers.
        customer_id (CustomerPath): Identifier of the customer.

    Returns:
        CustomerResponse: The customer.

    Example:
        ```python
        from http import HTTPStatus

        from fastapi.testclient import TestClient

        from shop.api.app import create_app
        from shop.infrastructure.configuration import Settings

        settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        with TestClient(create_app(settings)) as client:
            status = client.get(
                "/api/customers/00000000-0000-0000-0000-000000000001"
            ).status_code

        HTTPStatus(status).phrase
        # 'Unauthorized'
        ```

        <!-- As a doctest:
        >>> from fastapi.testclient import TestClient
        >>> from shop.api.app import create_app
        >>> from shop.infrastructure.configuration import Settings
        >>> settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        >>> with TestClient(create_app(settings)) as client:
        ...     status = client.get(
        ...         "/api/customers/00000000-0000-0000-0000-000000000001"
        ...     ).status_code
        >>> HTTPStatus(status).phrase
        'Unauthorized'

        -->
    """
    customer = await customers.queries.get_customer(customer_id)
    return CustomerResponse.from_entity(customer)


@router.post("/{customer_id}/{step}", responses=NOT_FOUND | CONFLICT)
async def advance_customer(
    customers: CustomersDep, customer_id: CustomerPath, step: StepPath
) -> CustomerResponse:
    """Lead a customer a step through the life cycle.

    Args:
        customers (CustomersDep): Use cases around customers.
        customer_id (CustomerPath): Identifier of the customer.
        step (StepPath): The step: ``activate``, ``suspend`` or ``close``.

    Returns:
        CustomerResponse: The customer after the step.

    Example:
        ```python
        from http import HTTPStatus

        from fastapi.testclient import TestClient

        from shop.api.app import create_app
        from shop.infrastructure.configuration import Settings

        settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        with TestClient(create_app(settings)) as client:
            status = client.post(
                "/api/customers/00000000-0000-0000-0000-000000000001/close"
            ).status_code

        HTTPStatus(status).phrase
        # 'Unauthorized'
        ```

        <!-- As a doctest:
        >>> from fastapi.testclient import TestClient
        >>> from shop.api.app import create_app
        >>> from shop.infrastructure.configuration import Settings
        >>> settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        >>> with TestClient(create_app(settings)) as client:
        ...     status = client.post(
        ...         "/api/customers/00000000-0000-0000-0000-000000000001/close"
        ...     ).status_code
        >>> HTTPStatus(status).phrase
        'Unauthorized'

        -->
    """
    customer = await customers.service.advance_customer(customer_id, step)
    return CustomerResponse.from_entity(customer)
