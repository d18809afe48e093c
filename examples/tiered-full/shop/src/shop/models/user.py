"""Users, and what they may do."""

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sqlmodel import Field, Relationship

from shop.models.audit import Audited
from shop.models.base import Base, UtcDateTime, enum_column, now

if TYPE_CHECKING:
    from shop.models.order import Order

EMAIL_MAX_LENGTH: Final = 254
NAME_MAX_LENGTH: Final = 100
HASH_MAX_LENGTH: Final = 255


class Permission(StrEnum):
    """What a user may be allowed to do with the data of others."""

    READ_USERS = "users:read"
    WRITE_USERS = "users:write"
    READ_AUDIT = "audit:read"


class Role(StrEnum):
    """What a user is."""

    MEMBER = "member"
    ADMIN = "admin"


PERMISSIONS: Final = {
    Role.MEMBER: frozenset[Permission](),
    Role.ADMIN: frozenset(Permission),
}


class User(Audited, Base, table=True):
    """A person who may sign in.

    Attributes:
        email: Address that no two users share, in lower case.
        name: Name to address the person with.
        hashed_password: Hash of the password.
        role: What the user is.
        created_at: Moment of the registration.
        orders: What the user has ordered.
    """

    __tablename__ = "users"

    email: str = Field(max_length=EMAIL_MAX_LENGTH, index=True, unique=True, repr=False)
    name: str = Field(max_length=NAME_MAX_LENGTH, repr=False)
    hashed_password: str = Field(max_length=HASH_MAX_LENGTH, repr=False)
    role: Role = Field(default=Role.MEMBER, sa_column=enum_column(Role, Role.MEMBER))
    created_at: dt.datetime = Field(default_factory=now, sa_type=UtcDateTime)

    orders: list["Order"] = Relationship(back_populates="user")

    @property
    def permissions(self) -> frozenset[Permission]:
        """Look up what the role allows.

        Returns:
            The permissions.
        """
        return PERMISSIONS[self.role]
