"""Values that carry their own validation."""

from __future__ import annotations

import dataclasses
import re
from enum import StrEnum
from typing import Final, Literal, Self

from shop.domain.errors import ValidationError

EMAIL_MAX_LENGTH: Final = 254
EMAIL_PATTERN: Final = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


@dataclasses.dataclass(frozen=True, slots=True)
class EmailAddress:
    """An e-mail address; its representation hides it, since it is personal data.

    Attributes:
        value: The address in lower case.

    Example:
        ```python
        from shop.domain.value_objects import EmailAddress

        EmailAddress("ada@example.com")
        # EmailAddress()
        ```

        <!-- As a doctest:
        >>> EmailAddress("ada@example.com")
        EmailAddress()

        -->
    """

    value: str = dataclasses.field(repr=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be an address.

        Raises:
            ValidationError: If the text is no address in lower case, or too long.

        Example:
            ```python
            from shop.domain.errors import ValidationError
            from shop.domain.value_objects import EmailAddress

            try:
                EmailAddress("ada")
            except ValidationError as error:
                print(error)
            # E-mail address is malformed
            ```

            <!-- As a doctest:
            >>> from shop.domain.errors import ValidationError
            >>> try:
            ...     EmailAddress("ada")
            ... except ValidationError as error:
            ...     print(error)
            E-mail address is malformed

            -->
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
            text (str): The address, in any case and with blanks around it.

        Raises:
            ValidationError: If the text is no address.

        Returns:
            Self: The address.

        Example:
            ```python
            from shop.domain.value_objects import EmailAddress

            EmailAddress.parse(" Ada@Example.COM ").value
            # 'ada@example.com'
            ```

            <!-- As a doctest:
            >>> EmailAddress.parse(" Ada@Example.COM ").value
            'ada@example.com'

            -->
        """
        return cls(text.strip().lower())


ACTOR_NAME_MAX_LENGTH: Final = 100


class Role(StrEnum):
    """What somebody is trusted with; each role may do what those before it may.

    Example:
        ```python
        from shop.domain.value_objects import Role

        Role("agent") is Role.AGENT
        # True
        ```

        <!-- As a doctest:
        >>> Role("agent") is Role.AGENT
        True

        -->
    """

    VIEWER = "viewer"
    AGENT = "agent"
    MANAGER = "manager"

    def includes(self, other: Role) -> bool:
        """Compare with another role.

        Args:
            other (Role): The other role.

        Returns:
            bool: Whether this one may do all that the other may.

        Example:
            ```python
            from shop.domain.value_objects import Role

            print(
                Role.MANAGER.includes(Role.AGENT), Role.VIEWER.includes(Role.AGENT)
            )
            # True False
            ```

            <!-- As a doctest:
            >>> print(
            ...     Role.MANAGER.includes(Role.AGENT), Role.VIEWER.includes(Role.AGENT)
            ... )
            True False

            -->
        """
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(other)


@dataclasses.dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks for something.

    Attributes:
        name: How the audit log calls them.
        role: What they are trusted with.

    Example:
        ```python
        from shop.domain.value_objects import Actor, Role

        Actor("ada", Role.MANAGER).role.value
        # 'manager'
        ```

        <!-- As a doctest:
        >>> Actor("ada", Role.MANAGER).role.value
        'manager'

        -->
    """

    name: str
    role: Role


class CustomerStatus(StrEnum):
    """Where a customer stands in the life cycle.

    Example:
        ```python
        from shop.domain.value_objects import CustomerStatus

        [status.value for status in CustomerStatus]
        # ['pending', 'active', 'suspended', 'closed']
        ```

        <!-- As a doctest:
        >>> [status.value for status in CustomerStatus]
        ['pending', 'active', 'suspended', 'closed']

        -->
    """

    PENDING = "pending"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class CustomerAction(StrEnum):
    """What can be done with a customer.

    Example:
        ```python
        from shop.domain.value_objects import CustomerAction

        CustomerAction("suspend") is CustomerAction.SUSPEND
        # True
        ```

        <!-- As a doctest:
        >>> CustomerAction("suspend") is CustomerAction.SUSPEND
        True

        -->
    """

    CREATE = "create"
    READ = "read"
    REFER = "refer"
    ACTIVATE = "activate"
    SUSPEND = "suspend"
    CLOSE = "close"
    AUDIT = "audit"


type LifecycleStep = Literal[
    CustomerAction.ACTIVATE, CustomerAction.SUSPEND, CustomerAction.CLOSE
]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CustomerDraft:
    """A customer to be, as somebody else has written it down.

    Attributes:
        line: Line of the source on which it ends.
        name: The name as written.
        email: The e-mail address as written.

    Example:
        ```python
        from shop.domain.value_objects import CustomerDraft

        CustomerDraft(line=2, name="Ada", email="ada@example.com")
        # CustomerDraft(line=2)
        ```

        <!-- As a doctest:
        >>> CustomerDraft(line=2, name="Ada", email="ada@example.com")
        CustomerDraft(line=2)

        -->
    """

    line: int
    name: str = dataclasses.field(repr=False)
    email: str = dataclasses.field(repr=False)
