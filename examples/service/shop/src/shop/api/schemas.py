"""Bodies of requests and responses."""

import datetime as dt
import uuid
from typing import Annotated, Literal

import pydantic

from shop.domain.models.user import EMAIL_MAX_LENGTH, NAME_MAX_LENGTH, NAME_MIN_LENGTH


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


Email = Annotated[pydantic.EmailStr, pydantic.Field(max_length=EMAIL_MAX_LENGTH)]
Name = Annotated[
    str, pydantic.Field(min_length=NAME_MIN_LENGTH, max_length=NAME_MAX_LENGTH)
]
UserId = Annotated[uuid.UUID, pydantic.Field(description="Identifier of the user")]
CreatedAt = Annotated[dt.datetime, pydantic.Field(description="In UTC")]


class CreateUserRequest(pydantic.BaseModel):
    """What a client tells about a new user.

    Attributes:
        email: E-mail address.
        name: Name to address the person with.
    """

    model_config = pydantic.ConfigDict(extra="forbid", str_strip_whitespace=True)

    email: Email
    name: Name


class UserResponse(pydantic.BaseModel):
    """What a client gets to know about a user.

    Attributes:
        id: Identifier that never changes.
        email: E-mail address.
        name: Name to address the person with.
        created_at: Moment of the creation.
    """

    model_config = pydantic.ConfigDict(from_attributes=True)

    id: UserId
    email: str
    name: str
    created_at: CreatedAt
