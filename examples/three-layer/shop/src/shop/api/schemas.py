"""Bodies of requests and responses."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Literal, Self
from uuid import UUID

import pydantic

from shop.domain.rules import NAME_MAX_LENGTH
from shop.domain.value_objects import EMAIL_MAX_LENGTH, CustomerStatus

if TYPE_CHECKING:
    from shop.domain.entities import Customer


class ErrorDetail(pydantic.BaseModel):
    """What went wrong.

    Attributes:
        code: Stable name of the error, for programs.
        message: Description of the error, for people.

    Example:
        ```python
        from shop.api.schemas import ErrorDetail

        ErrorDetail(code="not_found", message="No such thing").code
        # 'not_found'
        ```

        <!-- As a doctest:
        >>> ErrorDetail(code="not_found", message="No such thing").code
        'not_found'

        -->
    """

    code: str
    message: str


class ErrorResponse(pydantic.BaseModel):
    """The envelope of every error.

    Attributes:
        error: What went wrong.

    Example:
        ```python
        from shop.api.schemas import ErrorDetail, ErrorResponse

        detail = ErrorDetail(code="not_found", message="No such thing")
        ErrorResponse(error=detail).model_dump()["error"]["message"]
        # 'No such thing'
        ```

        <!-- As a doctest:
        >>> detail = ErrorDetail(code="not_found", message="No such thing")
        >>> ErrorResponse(error=detail).model_dump()["error"]["message"]
        'No such thing'

        -->
    """

    error: ErrorDetail


class HealthResponse(pydantic.BaseModel):
    """State of the service.

    Attributes:
        status: The sum of all checks.
        checks: A word for each dependency.

    Example:
        ```python
        from shop.api.schemas import HealthResponse

        HealthResponse(status="healthy", checks={"db": "ok"}).status
        # 'healthy'
        ```

        <!-- As a doctest:
        >>> HealthResponse(status="healthy", checks={"db": "ok"}).status
        'healthy'

        -->
    """

    status: Literal["healthy", "unhealthy"]
    checks: dict[str, str]


CustomerId = Annotated[UUID, pydantic.Field(description="Identifier of the customer")]
Moment = Annotated[dt.datetime, pydantic.Field(description="In UTC")]


class CustomerInput(pydantic.BaseModel):
    """What a caller tells about a new customer.

    Attributes:
        name: Name to address the customer with.
        email: E-mail address.

    Example:
        ```python
        from shop.api.schemas import CustomerInput

        CustomerInput(name="Ada", email="ada@example.com").name
        # 'Ada'
        ```

        <!-- As a doctest:
        >>> CustomerInput(name="Ada", email="ada@example.com").name
        'Ada'

        -->
    """

    model_config = pydantic.ConfigDict(extra="forbid")

    name: Annotated[str, pydantic.Field(max_length=NAME_MAX_LENGTH)]
    email: Annotated[str, pydantic.Field(max_length=EMAIL_MAX_LENGTH)]


class CustomerResponse(pydantic.BaseModel):
    """What a caller gets to know about a customer.

    Attributes:
        id: Identifier that never changes.
        name: Name to address the customer with.
        email: E-mail address.
        status: Where the customer stands in the life cycle.
        created_at: Moment at which the customer became known.

    Example:
        ```python
        import datetime as dt
        from uuid import UUID

        from shop.api.schemas import CustomerResponse
        from shop.domain.value_objects import CustomerStatus

        response = CustomerResponse(
            id=UUID(int=1),
            name="Ada",
            email="ada@example.com",
            status=CustomerStatus.PENDING,
            created_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        )
        response.model_dump(mode="json")["created_at"]
        # '2026-01-01T00:00:00Z'
        ```

        <!-- As a doctest:
        >>> response = CustomerResponse(
        ...     id=UUID(int=1),
        ...     name="Ada",
        ...     email="ada@example.com",
        ...     status=CustomerStatus.PENDING,
        ...     created_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        ... )
        >>> response.model_dump(mode="json")["created_at"]
        '2026-01-01T00:00:00Z'

        -->
    """

    id: CustomerId
    name: str
    email: str
    status: CustomerStatus
    created_at: Moment

    @classmethod
    def from_entity(cls, customer: Customer) -> Self:
        """Translate an entity.

        Args:
            customer (Customer): The entity.

        Returns:
            Self: The body of the response.

        Example:
            ```python
            from shop.api.schemas import CustomerResponse
            from shop.domain.entities import Customer

            customer = Customer.register("Ada", "ada@example.com")
            CustomerResponse.from_entity(customer).status.value
            # 'pending'
            ```

            <!-- As a doctest:
            >>> from shop.domain.entities import Customer
            >>> customer = Customer.register("Ada", "ada@example.com")
            >>> CustomerResponse.from_entity(customer).status.value
            'pending'

            -->
        """
        return cls(
            id=customer.id,
            name=customer.name,
            email=customer.email.value,
            status=customer.status,
            created_at=customer.created_at,
        )
