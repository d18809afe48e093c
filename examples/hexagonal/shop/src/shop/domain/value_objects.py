"""Immutable values that validate themselves."""

from __future__ import annotations

import dataclasses
import re
import uuid
from typing import Final, Self

from shop.domain.errors import ValidationError

IDENTIFIER_MAX_LENGTH: Final = 63
IDENTIFIER_PATTERN: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def demand_identifier(text: str, meaning: str) -> None:
    """Refuse what cannot be an identifier.

    Args:
        text: Lower-case letters, digits and single hyphens between them.
        meaning: What the text identifies, for the message.

    Raises:
        ValidationError: If the text is malformed or too long.
    """
    if not IDENTIFIER_PATTERN.fullmatch(text):
        message = f"{meaning} id is malformed"
        raise ValidationError(message)
    if len(text) > IDENTIFIER_MAX_LENGTH:
        message = f"{meaning} id is longer than {IDENTIFIER_MAX_LENGTH} characters"
        raise ValidationError(message)


@dataclasses.dataclass(frozen=True, slots=True)
class TenantId:
    """Identifies a tenant; what belongs to one is out of reach of all others.

    Attributes:
        value: The identifier.
    """

    value: str

    def __post_init__(self) -> None:
        """Refuse a malformed identifier.

        Raises:
            ValidationError: If it is malformed.
        """
        demand_identifier(self.value, "Tenant")


@dataclasses.dataclass(frozen=True, slots=True)
class SellerId:
    """Identifies a seller within a tenant.

    Attributes:
        value: The identifier.
    """

    value: str

    def __post_init__(self) -> None:
        """Refuse a malformed identifier.

        Raises:
            ValidationError: If it is malformed.
        """
        demand_identifier(self.value, "Seller")


@dataclasses.dataclass(frozen=True, slots=True)
class JobId:
    """Identifies a job.

    Attributes:
        value: The identifier.
    """

    value: uuid.UUID

    def __post_init__(self) -> None:
        """Refuse the identifier that stands for nothing.

        Raises:
            ValidationError: If it is nil.
        """
        if self.value.int == 0:
            message = "Job id is nil"
            raise ValidationError(message)

    def __str__(self) -> str:
        """Write the identifier as text.

        Returns:
            The text.
        """
        return str(self.value)

    @classmethod
    def new(cls) -> Self:
        """Make an identifier that was never used.

        Returns:
            The identifier.
        """
        return cls(uuid.uuid4())
