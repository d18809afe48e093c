"""Checks of customers that come from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shop.domain.errors import ValidationError
from shop.domain.rules import clean_name
from shop.domain.value_objects import EmailAddress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shop.domain.value_objects import CustomerDraft


def find_faults(draft: CustomerDraft) -> Sequence[str]:
    """List everything that is wrong with a draft, not only the first thing.

    Args:
        draft (CustomerDraft): The customer as written down elsewhere.

    Returns:
        Sequence[str]: A sentence for each fault; none of them repeats the data.

    Example:
        ```python
        from shop.domain.value_objects import CustomerDraft
        from shop.services.validation.customer_drafts import find_faults

        find_faults(CustomerDraft(line=2, name=" ", email="nobody"))
        # ['Name is empty', 'E-mail address is malformed']
        ```

        <!-- As a doctest:
        >>> from shop.domain.value_objects import CustomerDraft
        >>> find_faults(CustomerDraft(line=2, name=" ", email="nobody"))
        ['Name is empty', 'E-mail address is malformed']

        -->
    """
    checks = (fault(clean_name, draft.name), fault(EmailAddress.parse, draft.email))
    return [found for found in checks if found is not None]


def fault(parse: Callable[[str], object], text: str) -> str | None:
    """Try to read a value.

    Args:
        parse (Callable[[str], object]): Reads it.
        text (str): What is written.

    Returns:
        str | None: What is wrong with it, or nothing.

    Example:
        ```python
        from shop.domain.rules import clean_name
        from shop.services.validation.customer_drafts import fault

        print(fault(clean_name, "Ada"), fault(clean_name, ""), sep=", ")
        # None, Name is empty
        ```

        <!-- As a doctest:
        >>> print(fault(clean_name, "Ada"), fault(clean_name, ""), sep=", ")
        None, Name is empty

        -->
    """
    try:
        parse(text)
    except ValidationError as error:
        return str(error)
    return None
