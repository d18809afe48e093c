"""Users."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from typing import Final, Self

from shop.domain.errors import ValidationError

EMAIL_MAX_LENGTH: Final = 255
NAME_MIN_LENGTH: Final = 2
NAME_MAX_LENGTH: Final = 100


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person known to the service; the representation hides personal data.

    Attributes:
        id: Identifier that never changes.
        email: Address in lower case that no two users share.
        name: Name to address the person with.
        created_at: Moment of the creation, in UTC.
    """

    id: uuid.UUID = dataclasses.field(default_factory=uuid.uuid4)
    email: str = dataclasses.field(repr=False)
    name: str = dataclasses.field(repr=False)
    created_at: dt.datetime = dataclasses.field(
        default_factory=lambda: dt.datetime.now(dt.UTC)
    )

    def __post_init__(self) -> None:
        """Refuse what cannot be stored or shown.

        Raises:
            ValidationError: If the address or the name breaks a rule.
        """
        if "@" not in self.email or self.email != self.email.lower():
            message = "E-mail address is malformed"
            raise ValidationError(message)
        if len(self.email) > EMAIL_MAX_LENGTH:
            message = f"E-mail address is longer than {EMAIL_MAX_LENGTH} characters"
            raise ValidationError(message)
        if not NAME_MIN_LENGTH <= len(self.name) <= NAME_MAX_LENGTH:
            message = f"Name needs {NAME_MIN_LENGTH} to {NAME_MAX_LENGTH} characters"
            raise ValidationError(message)
        if not self.name.isprintable():
            message = "Name holds characters that cannot be shown"
            raise ValidationError(message)

    @classmethod
    def create(cls, email: str, name: str) -> Self:
        """Create a user from what a person typed.

        Args:
            email: The e-mail address, in any case.
            name: The name, perhaps with blanks around it.

        Raises:
            ValidationError: If one of them breaks a rule.

        Returns:
            A new user.
        """
        return cls(email=email.strip().lower(), name=name.strip())
