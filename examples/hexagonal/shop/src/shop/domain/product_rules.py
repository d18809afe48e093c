"""The rules for products."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from shop.domain.job import Finding, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from shop.domain.job import Product


def is_text(value: object) -> bool:
    """Tell whether a value can be shown.

    Args:
        value: Value of a field.

    Returns:
        Whether it is a text that is not blank.
    """
    return isinstance(value, str) and bool(value.strip())


def is_price(value: object) -> bool:
    """Tell whether a value can be paid.

    Args:
        value: Value of a field.

    Returns:
        Whether it is a number above 0.
    """
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


RULES: Final[Mapping[str, Callable[[object], bool]]] = MappingProxyType(
    {"sku": is_text, "title": is_text, "price": is_price}
)


def check_products(products: Sequence[Product]) -> tuple[Finding, ...]:
    """Check products against the rules.

    Args:
        products: The products; they may have further fields.

    Returns:
        What is wrong with them, in their order.
    """
    return tuple(
        Finding(
            position, field, Problem.INVALID if field in product else Problem.MISSING
        )
        for position, product in enumerate(products)
        for field, is_valid in RULES.items()
        if not is_valid(product.get(field))
    )
