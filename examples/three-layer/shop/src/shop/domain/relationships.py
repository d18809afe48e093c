"""How entities relate to each other."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self
from uuid import UUID

from shop.domain.errors import ConflictError, ValidationError

if TYPE_CHECKING:
    from shop.domain.entities import Customer


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """One customer has brought in another.

    Attributes:
        referrer_id: Who has brought in the other.
        referred_id: Who was brought in, which happens once at most.
        made_at: When it became known, in UTC.

    Example:
        ```python
        from uuid import uuid4

        from shop.domain.relationships import Referral

        one, other = uuid4(), uuid4()
        Referral(referrer_id=one, referred_id=other).referrer_id == one
        # True
        ```

        <!-- As a doctest:
        >>> from uuid import uuid4
        >>> one, other = uuid4(), uuid4()
        >>> Referral(referrer_id=one, referred_id=other).referrer_id == one
        True

        -->
    """

    referrer_id: UUID
    referred_id: UUID
    made_at: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))

    def __post_init__(self) -> None:
        """Refuse customers who refer themselves.

        Raises:
            ValidationError: If both are the same.

        Example:
            ```python
            from uuid import uuid4

            from shop.domain.errors import ValidationError
            from shop.domain.relationships import Referral

            one = uuid4()
            try:
                Referral(referrer_id=one, referred_id=one)
            except ValidationError as error:
                print(error)
            # Customers cannot refer themselves
            ```

            <!-- As a doctest:
            >>> from uuid import uuid4
            >>> one = uuid4()
            >>> try:
            ...     Referral(referrer_id=one, referred_id=one)
            ... except ValidationError as error:
            ...     print(error)
            Customers cannot refer themselves

            -->
        """
        if self.referrer_id == self.referred_id:
            message = "Customers cannot refer themselves"
            raise ValidationError(message)

    @classmethod
    def between(cls, referrer: Customer, referred: Customer) -> Self:
        """Relate two customers.

        Args:
            referrer (Customer): Who has brought in the other.
            referred (Customer): Who was brought in.

        Raises:
            ConflictError: If the first one is not active.
            ValidationError: If both are the same.

        Returns:
            Self: The relationship.

        Example:
            ```python
            from shop.domain.entities import Customer
            from shop.domain.relationships import Referral
            from shop.domain.value_objects import CustomerStatus

            ada = Customer.register("Ada", "ada@example.com").move_to(
                CustomerStatus.ACTIVE
            )
            eve = Customer.register("Eve", "eve@example.com")
            Referral.between(ada, eve).referred_id == eve.id
            # True
            ```

            <!-- As a doctest:
            >>> from shop.domain.entities import Customer
            >>> from shop.domain.value_objects import CustomerStatus
            >>> ada = Customer.register("Ada", "ada@example.com").move_to(
            ...     CustomerStatus.ACTIVE
            ... )
            >>> eve = Customer.register("Eve", "eve@example.com")
            >>> Referral.between(ada, eve).referred_id == eve.id
            True

            -->
        """
        if not referrer.may_refer:
            message = "Only an active customer can refer others"
            raise ConflictError(message)
        return cls(referrer_id=referrer.id, referred_id=referred.id)
