"""Who may do what with customers."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from shop.domain.errors import ForbiddenError
from shop.domain.value_objects import CustomerAction, Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shop.domain.value_objects import Actor

LEAST_ROLES: Final[Mapping[CustomerAction, Role]] = MappingProxyType(
    {
        CustomerAction.READ: Role.VIEWER,
        CustomerAction.CREATE: Role.AGENT,
        CustomerAction.REFER: Role.AGENT,
        CustomerAction.ACTIVATE: Role.AGENT,
        CustomerAction.SUSPEND: Role.MANAGER,
        CustomerAction.CLOSE: Role.MANAGER,
        CustomerAction.AUDIT: Role.MANAGER,
    }
)


class CustomerPolicy:
    """Grants or refuses what somebody wants to do with customers.

    Example:
        ```python
        from shop.domain.value_objects import Actor, CustomerAction, Role
        from shop.services.policies.customer_access import CustomerPolicy

        CustomerPolicy().demand(Actor("ada", Role.MANAGER), CustomerAction.CLOSE)
        ```

        <!-- As a doctest:
        >>> from shop.domain.value_objects import Actor
        >>> CustomerPolicy().demand(Actor("ada", Role.MANAGER), CustomerAction.CLOSE)

        -->
    """

    def demand(self, actor: Actor, action: CustomerAction) -> None:
        """Make sure that somebody may do something.

        Args:
            actor (Actor): Who wants to do it.
            action (CustomerAction): What is to be done.

        Raises:
            ForbiddenError: If the role of the actor does not suffice.

        Example:
            ```python
            from shop.domain.errors import ForbiddenError
            from shop.domain.value_objects import Actor, CustomerAction, Role
            from shop.services.policies.customer_access import CustomerPolicy

            try:
                CustomerPolicy().demand(
                    Actor("ada", Role.VIEWER), CustomerAction.CLOSE
                )
            except ForbiddenError as error:
                print(error)
            # To close customers takes the role manager, not viewer
            ```

            <!-- As a doctest:
            >>> from shop.domain.value_objects import Actor
            >>> try:
            ...     CustomerPolicy().demand(
            ...         Actor("ada", Role.VIEWER), CustomerAction.CLOSE
            ...     )
            ... except ForbiddenError as error:
            ...     print(error)
            To close customers takes the role manager, not viewer

            -->
        """
        least = LEAST_ROLES[action]
        if not actor.role.includes(least):
            raise ForbiddenError(
                f"To {action} customers takes the role {least}, not {actor.role}"
            )
