"""Factories of test data."""

from __future__ import annotations

from factory.base import Factory
from factory.declarations import Sequence
from factory.faker import Faker

from shop.domain.models.user import User


class UserFactory(Factory[User]):
    """Makes users that differ in their e-mail addresses."""

    class Meta:
        """What the factory makes."""

        model = User

    email = Sequence(lambda number: f"user-{number}@example.com")
    name = Faker("name")
