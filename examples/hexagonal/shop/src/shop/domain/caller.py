"""Who asks for something."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shop.domain.value_objects import SellerId, TenantId


@dataclasses.dataclass(frozen=True, slots=True)
class Caller:
    """A seller who acts within a tenant.

    Attributes:
        tenant_id: The tenant.
        seller_id: The seller.
        request_id: What the request is known by in the logs.
    """

    tenant_id: TenantId
    seller_id: SellerId
    request_id: str
