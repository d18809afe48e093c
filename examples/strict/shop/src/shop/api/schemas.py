"""Bodies of requests and responses."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Annotated, Literal, Self

import pydantic

from shop.domain.entities import NAME_MAX_LENGTH
from shop.domain.value_objects import EMAIL_MAX_LENGTH

if TYPE_CHECKING:
    from shop.domain.entities import User


class ErrorDetail(pydantic.BaseModel):
    """What went wrong.

    Attributes:
        code: Stable name of the error, for programs.
        message: Description of the error, for people.
    """

    code: str
    message: str


class ErrorResponse(pydantic.BaseModel):
    """The envelope of every error.

    Attributes:
        error: What went wrong.
    """

    error: ErrorDetail


class HealthResponse(pydantic.BaseModel):
    """State of the service.

    Attributes:
        status: The sum of all checks.
        checks: A word for each dependency.
    """

    status: Literal["healthy", "unhealthy"]
    checks: dict[str, str]


UserId = Annotated[uuid.UUID, pydantic.Field(description="Identifier of the user")]
RegisteredAt = Annotated[dt.datetime, pydantic.Field(description="In UTC")]


class UserInput(pydantic.BaseModel):
    """What a client tells about a user.

    Attributes:
        email: E-mail address.
        name: Name to address the person with.
    """

    model_config = pydantic.ConfigDict(extra="forbid")

    email: Annotated[str, pydantic.Field(max_length=EMAIL_MAX_LENGTH)]
    name: Annotated[str, pydantic.Field(max_length=NAME_MAX_LENGTH)]


class UserResponse(pydantic.BaseModel):
    """What a client gets to know about a user.

    Attributes:
        id: Identifier that never changes.
        email: E-mail address.
        name: Name to address the person with.
        created_at: Moment of the registration.
    """

    id: UserId
    email: str
    name: str
    created_at: RegisteredAt

    @classmethod
    def from_entity(cls, user: "User") -> Self:
        """Translate an entity.

        Args:
            user: The entity.

        Returns:
            The body of the response.
        """
        return cls(
            id=user.id,
            email=user.email.value,
            name=user.name,
            created_at=user.created_at,
        )
