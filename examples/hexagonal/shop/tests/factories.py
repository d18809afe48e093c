"""Factories of test data."""

from __future__ import annotations

from factory.base import Factory
from factory.declarations import LazyFunction, Sequence
from factory.faker import Faker

from shop.domain.caller import Caller
from shop.domain.job import Job
from shop.domain.value_objects import SellerId, TenantId


class CallerFactory(Factory[Caller]):
    """Makes callers who act for different tenants."""

    class Meta:
        """What the factory makes."""

        model = Caller

    tenant_id = Sequence(lambda number: TenantId(f"tenant-{number}"))
    seller_id = Sequence(lambda number: SellerId(f"seller-{number}"))
    request_id = Faker("hexify", text="^" * 32)


class JobFactory(Factory[Job]):
    """Makes pending jobs of one tenant."""

    class Meta:
        """What the factory makes."""

        model = Job

    tenant_id = TenantId("acme")
    seller_id = SellerId("seller-7")
    products = LazyFunction(lambda: ({"sku": "A-1", "title": "Teapot", "price": 24.5},))
