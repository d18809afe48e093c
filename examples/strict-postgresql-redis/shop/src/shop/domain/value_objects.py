"""Immutable values that validate themselves."""

from __future__ import annotations

import dataclasses
import re
from typing import Final, Self

from shop.exceptions import ValidationError

EMAIL_MAX_LENGTH: Final = 254
EMAIL_PATTERN: Final = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


@dataclasses.dataclass(frozen=True, slots=True)
class EmailAddress:
    """An e-mail address; its representation hides it, since it is personal data.

    Attributes:
        value: The address in lower case.
    """

    value: str = dataclasses.field(repr=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be an address.

        Raises:
            ValidationError: If the text is no address in lower case, or too long.
        """
        well_formed = EMAIL_PATTERN.fullmatch(self.value) and self.value.isprintable()
        if not well_formed or self.value != self.value.lower():
            message = "E-mail address is malformed"
            raise ValidationError(message)
        if len(self.value) > EMAIL_MAX_LENGTH:
            message = f"E-mail address is longer than {EMAIL_MAX_LENGTH} characters"
            raise ValidationError(message)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an address as people type it.

        Args:
            text: The address, in any case and with blanks around it.

        Raises:
            ValidationError: If the text is no address.

        Returns:
            The address.
        """
        return cls(text.strip().lower())
