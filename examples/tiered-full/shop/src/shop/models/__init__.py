"""Tables and the rules that hold for their rows.

Importing the package makes all tables known, so that relations between them resolve.
"""

from shop.models.audit import AuditEntry
from shop.models.order import Order
from shop.models.user import User

__all__ = [
    "AuditEntry",
    "Order",
    "User",
]
