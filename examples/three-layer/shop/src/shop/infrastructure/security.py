"""What keeps secrets secret."""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
import re
import secrets
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

    Example:
        ```python
        from shop.infrastructure.security import Redactor

        Redactor().redact({"user": 7, "password": "hunter2"})
        # {'user': 7, 'password': '***'}
        ```

        <!-- As a doctest:
        >>> Redactor().redact({"user": 7, "password": "hunter2"})
        {'user': 7, 'password': '***'}

        -->
    """

    key: str = dataclasses.field(default="", repr=False)

    def redact_field(self, name: str, value: object) -> object:
        """Redact a named value.

        Args:
            name (str): The name, which may give the value away as sensitive.
            value (object): Any value.

        Returns:
            object: A value that JSON can hold and that is safe to log.

        Example:
            ```python
            from shop.infrastructure.security import Redactor

            Redactor().redact_field("api_key", "k-123")
            # '***'
            ```

            <!-- As a doctest:
            >>> Redactor().redact_field("api_key", "k-123")
            '***'

            -->
        """
        if SECRET_NAME.search(name):
            return MASK
        if PERSONAL_NAME.search(name):
            return self.pseudonym(str(value))
        return self.redact(value)

    def redact(self, value: object) -> object:
        """Redact a value, and whatever it contains.

        Args:
            value (object): Any value.

        Returns:
            object: A value that JSON can hold and that is safe to log.

        Example:
            ```python
            from shop.infrastructure.security import Redactor

            Redactor().redact(["postgresql://ada:hunter2@db/shop", 7])
            # ['postgresql://***@db/shop', 7]
            ```

            <!-- As a doctest:
            >>> Redactor().redact(["postgresql://ada:hunter2@db/shop", 7])
            ['postgresql://***@db/shop', 7]

            -->
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
            text (str): Any text, for example a traceback.

        Returns:
            str: The text without them.

        Example:
            ```python
            from shop.infrastructure.security import Redactor

            Redactor().redact_text("Sent to ada@example.com")
            # 'Sent to ***'
            ```

            <!-- As a doctest:
            >>> Redactor().redact_text("Sent to ada@example.com")
            'Sent to ***'

            -->
        """
        text = URL_CREDENTIALS.sub(MASK, text)
        return EMAIL_TEXT.sub(lambda found: self.pseudonym(found[0]), text)

    def pseudonym(self, value: str) -> str:
        """Stand in for personal data.

        Args:
            value (str): The personal data.

        Returns:
            str: The same text for the same value and key; the mask without a key.

        Example:
            ```python
            from shop.infrastructure.security import Redactor

            redactor = Redactor("a key")
            redactor.pseudonym("ada@example.com") == redactor.pseudonym(
                "Ada@example.com"
            )
            # True
            ```

            <!-- As a doctest:
            >>> redactor = Redactor("a key")
            >>> redactor.pseudonym("ada@example.com") == redactor.pseudonym(
            ...     "Ada@example.com"
            ... )
            True

            -->
        """
        if not self.key:
            return MASK
        message = value.strip().lower().encode()
        digest = hmac.new(self.key.encode(), message, hashlib.sha256).hexdigest()
        return f"pseudonym-{digest[:PSEUDONYM_LENGTH]}"


def make_api_key() -> str:
    """Make a key that nobody can guess.

    Returns:
        str: The key, which is for its holder only.

    Example:
        ```python
        from shop.infrastructure.security import make_api_key

        len(make_api_key())
        # 43
        ```

        <!-- As a doctest:
        >>> len(make_api_key())
        43

        -->
    """
    return secrets.token_urlsafe(32)


def digest_of(api_key: str) -> str:
    """Compute what is kept of a key, from which it cannot be found out.

    A key is too long to be guessed, so that a plain hash will do; for passwords, which
    people choose, it would not.

    Args:
        api_key (str): The key.

    Returns:
        str: The digest in hexadecimal digits.

    Example:
        ```python
        from shop.infrastructure.security import digest_of

        digest_of("key")[:8]
        # '2c70e12b'
        ```

        <!-- As a doctest:
        >>> digest_of("key")[:8]
        '2c70e12b'

        -->
    """
    return hashlib.sha256(api_key.encode()).hexdigest()


def find_holder(api_key: str, digests: Mapping[str, str]) -> str | None:
    """Find out whose key this is; the time it takes gives nothing away.

    Args:
        api_key (str): The key.
        digests (Mapping[str, str]): What is kept of all keys, by the name of the
            holder.

    Returns:
        str | None: The name, or nothing if nobody has this key.

    Example:
        ```python
        from shop.infrastructure.security import digest_of, find_holder

        digests = {"front": digest_of("key-of-front")}
        print(find_holder("key-of-front", digests), find_holder("guess", digests))
        # front None
        ```

        <!-- As a doctest:
        >>> digests = {"front": digest_of("key-of-front")}
        >>> print(find_holder("key-of-front", digests), find_holder("guess", digests))
        front None

        -->
    """
    offered = digest_of(api_key)
    found = None
    for name, digest in digests.items():
        if hmac.compare_digest(offered, digest):
            found = name
    return found
