"""Factories of test data."""

from __future__ import annotations

import datetime as dt
from typing import Final

from factory.base import Factory
from factory.declarations import Sequence
from factory.faker import Faker

from shop.domain.models.user import User

START: Final = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


class UserFactory(Factory[User]):
    """Makes users with addresses of their own, each a minute after the one before."""

    class Meta:
        """What the factory makes."""

        model = User

    email = Sequence(lambda number: f"user-{number}@example.com")
    name = Faker("name")
    created_at = Sequence(lambda number: START + dt.timedelta(minutes=number))
