"""Rules of the business that belong to no single object."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from shop.domain.errors import ConflictError, ValidationError
from shop.domain.value_objects import CustomerStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME_MAX_LENGTH: Final = 100

CUSTOMER_TRANSITIONS: Final[Mapping[CustomerStatus, frozenset[CustomerStatus]]] = (
    MappingProxyType(
        {
            CustomerStatus.PENDING: frozenset(
                {CustomerStatus.ACTIVE, CustomerStatus.CLOSED}
            ),
            CustomerStatus.ACTIVE: frozenset(
                {CustomerStatus.SUSPENDED, CustomerStatus.CLOSED}
            ),
            CustomerStatus.SUSPENDED: frozenset(
                {CustomerStatus.ACTIVE, CustomerStatus.CLOSED}
            ),
            CustomerStatus.CLOSED: frozenset(),
        }
    )
)


def clean_name(text: str) -> str:
    """Bring a name into the form in which it is kept.

    Args:
        text (str): The name as typed.

    Raises:
        ValidationError: If the name is empty, too long, or cannot be printed.

    Returns:
        str: The name with single blanks between its words.

    Example:
        ```python
        from shop.domain.rules import clean_name

        clean_name("  Ada   Lovelace ")
        # 'Ada Lovelace'
        ```

        <!-- As a doctest:
        >>> clean_name("  Ada   Lovelace ")
        'Ada Lovelace'

        -->
    """
    name = " ".join(text.split())
    if not name:
        message = "Name is empty"
        raise ValidationError(message)
    if len(name) > NAME_MAX_LENGTH:
        message = f"Name is longer than {NAME_MAX_LENGTH} characters"
        raise ValidationError(message)
    if not name.isprintable():
        message = "Name contains characters that cannot be printed"
        raise ValidationError(message)
    return name


def demand_transition(current: CustomerStatus, target: CustomerStatus) -> None:
    """Make sure that a customer may change from one status to another.

    Args:
        current (CustomerStatus): The status now.
        target (CustomerStatus): The status to be.

    Raises:
        ConflictError: If the one does not lead to the other.

    Example:
        ```python
        from shop.domain.errors import ConflictError
        from shop.domain.rules import demand_transition
        from shop.domain.value_objects import CustomerStatus

        try:
            demand_transition(CustomerStatus.CLOSED, CustomerStatus.ACTIVE)
        except ConflictError as error:
            print(error)
        # A customer who is closed cannot become active
        ```

        <!-- As a doctest:
        >>> try:
        ...     demand_transition(CustomerStatus.CLOSED, CustomerStatus.ACTIVE)
        ... except ConflictError as error:
        ...     print(error)
        A customer who is closed cannot become active

        -->
    """
    if target not in CUSTOMER_TRANSITIONS[current]:
        raise ConflictError(f"A customer who is {current} cannot become {target}")
