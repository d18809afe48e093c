"""Objects of the domain with an identity."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import uuid
from typing import Final, Self

from shop.domain.value_objects import EmailAddress
from shop.exceptions import ValidationError

NAME_MAX_LENGTH: Final = 100
CONTROL_CHARACTER: Final = re.compile(r"[\x00-\x1f\x7f]")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person known to the service.

    Attributes:
        id: Identifier that never changes.
        email: Address that no two users share.
        name: Name to address the person with.
        created_at: Moment of the registration, in UTC.
    """

    id: uuid.UUID = dataclasses.field(default_factory=uuid.uuid4)
    email: EmailAddress
    name: str = dataclasses.field(repr=False)
    created_at: dt.datetime = dataclasses.field(
        default_factory=lambda: dt.datetime.now(dt.UTC)
    )

    def __post_init__(self) -> None:
        """Refuse a name that cannot be shown.

        Raises:
            ValidationError: If the name is blank, too long, or has a control character.
        """
        if not self.name.strip():
            message = "Name is empty"
            raise ValidationError(message)
        if len(self.name) > NAME_MAX_LENGTH:
            message = f"Name is longer than {NAME_MAX_LENGTH} characters"
            raise ValidationError(message)
        if CONTROL_CHARACTER.search(self.name):
            message = "Name is not a single line of text"
            raise ValidationError(message)

    @classmethod
    def register(cls, email: str, name: str) -> Self:
        """Create a user from what a person typed.

        Args:
            email: The e-mail address.
            name: The name.

        Raises:
            ValidationError: If one of them breaks a rule.

        Returns:
            A new user.
        """
        return cls(email=EmailAddress.parse(email), name=name.strip())

    def change(self, email: str, name: str) -> Self:
        """Take over what a person typed to change the data.

        Args:
            email: The e-mail address.
            name: The name.

        Raises:
            ValidationError: If one of them breaks a rule.

        Returns:
            The same user with the new data.
        """
        return dataclasses.replace(
            self, email=EmailAddress.parse(email), name=name.strip()
        )
