"""Bodies around users."""

import datetime as dt
from typing import Annotated, Final

import pydantic

from shop.models.user import EMAIL_MAX_LENGTH, NAME_MAX_LENGTH, Role
from shop.schemas.order import OrderResponse
from shop.schemas.text import Text

PASSWORD_MIN_LENGTH: Final = 8
PASSWORD_MAX_LENGTH: Final = 128

Email = Annotated[
    pydantic.EmailStr,
    pydantic.Field(max_length=EMAIL_MAX_LENGTH),
    pydantic.AfterValidator(str.lower),
]
Name = Annotated[Text, pydantic.Field(min_length=1, max_length=NAME_MAX_LENGTH)]
Password = Annotated[
    pydantic.SecretStr,
    pydantic.Field(min_length=PASSWORD_MIN_LENGTH, max_length=PASSWORD_MAX_LENGTH),
]


class CreateUserRequest(pydantic.BaseModel):
    """What a client tells about a new user.

    Attributes:
        email: E-mail address.
        name: Name to address the person with.
        password: Password to sign in with.
    """

    model_config = pydantic.ConfigDict(extra="forbid")

    email: Email
    name: Name
    password: Password


class UpdateUserRequest(pydantic.BaseModel):
    """What a client changes of a user; what is missing stays as it is.

    Attributes:
        name: Name to address the person with.
        is_active: Whether the user may sign in.
    """

    model_config = pydantic.ConfigDict(extra="forbid")

    name: Name | None = None
    is_active: bool | None = None


class UserResponse(pydantic.BaseModel):
    """What a client gets to know about a user.

    Attributes:
        id: Number of the user.
        email: E-mail address.
        name: Name to address the person with.
        role: What the user is.
        created_at: Moment of the registration.
        updated_at: Moment of the last change.
        created_by: Who registered the user.
        updated_by: Who made the last change.
        is_active: Whether the user may sign in.
    """

    model_config = pydantic.ConfigDict(from_attributes=True)

    id: int
    email: str
    name: str
    role: Role
    created_at: dt.datetime
    updated_at: dt.datetime
    created_by: str | None
    updated_by: str | None
    is_active: bool


class UserDetails(UserResponse):
    """What a client gets to know about one user.

    Attributes:
        orders: What the user has ordered.
    """

    orders: list[OrderResponse]
