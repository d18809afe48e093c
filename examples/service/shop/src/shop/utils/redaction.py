"""Removal of secrets and of personal data from what is logged."""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import Final

MASK: Final = "***"
PSEUDONYM_LENGTH: Final = 16

SECRET_NAME: Final = re.compile(
    r"passw|pwd|secret|token|credential|authorization|cookie"
    # Keys to something: a bare `key` is the name of much that is harmless.
    r"|(api|access|private)[_-]?key",
    re.IGNORECASE,
)
PERSONAL_NAME: Final = re.compile(
    r"e[_-]?mail|phone|address|birth|(first|last|full|user)[_-]?name", re.IGNORECASE
)
# Tried at the beginning of a word only, so that a long word cannot take long.
EMAIL_TEXT: Final = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+")
URL_CREDENTIALS: Final = re.compile(r"(?<=://)[^\s/@]+(?=@)")


@dataclasses.dataclass(frozen=True, slots=True)
class Redactor:
    """Replaces what must not reach a log.

    Secrets become a mask. Personal data becomes a pseudonym when there is a key, so
    that records about one person can be matched, and a mask when there is none.

    Attributes:
        key: Key of the pseudonyms; empty for none.
    """

    key: str = dataclasses.field(default="", repr=False)

    def redact_field(self, name: str, value: object) -> object:
        """Redact a named value.

        Args:
            name: The name, which may give the value away as sensitive.
            value: Any value.

        Returns:
            A value that JSON can hold and that is safe to log.
        """
        if SECRET_NAME.search(name):
            return MASK
        if PERSONAL_NAME.search(name):
            return self.pseudonym(str(value))
        return self.redact(value)

    def redact(self, value: object) -> object:
        """Redact a value, and whatever it contains.

        Args:
            value: Any value.

        Returns:
            A value that JSON can hold and that is safe to log.
        """
        match value:
            case None | bool() | int() | float():
                return value
            case Mapping():
                return {
                    str(name): self.redact_field(str(name), item)
                    for name, item in value.items()
                }
            case list() | tuple() | set() | frozenset():
                return [self.redact(item) for item in value]
            case _:
                return self.redact_text(str(value))

    def redact_text(self, text: str) -> str:
        """Redact e-mail addresses and the credentials of URLs inside a text.

        Args:
            text: Any text, for example a traceback.

        Returns:
            The text without them.
        """
        text = URL_CREDENTIALS.sub(MASK, text)
        return EMAIL_TEXT.sub(lambda found: self.pseudonym(found[0]), text)

    def pseudonym(self, value: str) -> str:
        """Stand in for personal data.

        Args:
            value: The personal data.

        Returns:
            The same text for the same value and key; the mask without a key.
        """
        if not self.key:
            return MASK
        message = value.strip().lower().encode()
        digest = hmac.new(self.key.encode(), message, hashlib.sha256).hexdigest()
        return f"pseudonym-{digest[:PSEUDONYM_LENGTH]}"
