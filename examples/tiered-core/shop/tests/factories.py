"""Factories of test data."""

from __future__ import annotations

from factory.base import Factory
from factory.declarations import Sequence
from factory.faker import Faker

from shop.core.security import hash_password
from shop.models.order import Order
from shop.models.user import User

PASSWORD = "correct horse"
HASHED_PASSWORD = hash_password(PASSWORD)


class UserFactory(Factory[User]):
    """Makes users that differ in their e-mail addresses and share a password."""

    class Meta:
        """What the factory makes."""

        model = User

    email = Sequence(lambda number: f"user-{number}@example.com")
    name = Faker("name")
    hashed_password = HASHED_PASSWORD


class OrderFactory(Factory[Order]):
    """Makes orders of the first user."""

    class Meta:
        """What the factory makes."""

        model = Order

    user_id = 1
    item = Sequence(lambda number: f"item {number}")
    quantity = 1
    amount = 100
