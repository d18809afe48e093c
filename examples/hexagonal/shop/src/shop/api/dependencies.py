"""The wiring: services built from adapters and settings."""

import contextlib
import dataclasses
import functools
import math
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated

import fastapi

from shop.application.health import HealthService
from shop.application.jobs import JobService
from shop.config import Settings
from shop.domain.caller import Caller
from shop.domain.value_objects import SellerId, TenantId
from shop.infrastructure.database import Database
from shop.infrastructure.rate_limit import TokenBuckets
from shop.infrastructure.unit_of_work import SqlUnitOfWork
from shop.logging import log_context
from shop.ports.rate_limit import RateLimiter
from shop.ports.unit_of_work import UnitOfWorkFactory

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@dataclasses.dataclass(frozen=True, slots=True)
class Resources:
    """What lives as long as the application.

    Attributes:
        health: Asks the dependencies how they are.
        database: Lends sessions.
        rate_limiter: Counts the requests of each tenant.
    """

    health: HealthService
    database: Database
    rate_limiter: RateLimiter


@contextlib.asynccontextmanager
async def open_resources(settings: "Settings") -> "AsyncIterator[Resources]":
    """Open the resources, and close them in reverse order.

    Args:
        settings: Settings of the application.

    Yields:
        The open resources.
    """
    async with contextlib.AsyncExitStack() as stack:
        database = Database(settings)
        stack.push_async_callback(database.close)
        rate_limiter = TokenBuckets(
            settings.rate_limit_requests, settings.rate_limit_seconds
        )
        yield Resources(
            health=HealthService({"db": database}, settings.health_timeout_seconds),
            database=database,
            rate_limiter=rate_limiter,
        )


async def get_resources(request: fastapi.Request) -> Resources:
    """Find the resources of the running application.

    Args:
        request: Any request.

    Returns:
        The resources.
    """
    resources: Resources = request.app.state.resources
    return resources


ResourcesDep = Annotated[Resources, fastapi.Depends(get_resources)]


async def get_health_service(resources: ResourcesDep) -> HealthService:
    """Provide the health service.

    Args:
        resources: Resources of the application.

    Returns:
        The service.
    """
    return resources.health


TenantHeader = Annotated[
    str,
    fastapi.Header(alias="X-Tenant-Id", description="The tenant", examples=["acme"]),
]
SellerHeader = Annotated[
    str,
    fastapi.Header(alias="X-Seller-Id", description="Who acts", examples=["seller-7"]),
]


async def get_tenant_id(tenant_id: TenantHeader) -> TenantId:
    """Read the tenant; the gateway in front of the service vouches for the header.

    Args:
        tenant_id: Value of the header.

    Raises:
        ValidationError: If it cannot be an identifier.

    Returns:
        The tenant.
    """
    return TenantId(tenant_id)


TenantIdDep = Annotated[TenantId, fastapi.Depends(get_tenant_id)]


async def get_caller(tenant_id: TenantIdDep, seller_id: SellerHeader) -> Caller:
    """Read who acts; the gateway in front of the service vouches for the headers.

    Args:
        tenant_id: The tenant.
        seller_id: Value of the header.

    Raises:
        ValidationError: If it cannot be an identifier.

    Returns:
        The caller, together with the id of the request.
    """
    return Caller(tenant_id, SellerId(seller_id), log_context.get()["request_id"])


async def get_rate_limiter(resources: ResourcesDep) -> RateLimiter:
    """Provide the limiter.

    Args:
        resources: Resources of the application.

    Returns:
        The limiter.
    """
    return resources.rate_limiter


RateLimiterDep = Annotated[RateLimiter, fastapi.Depends(get_rate_limiter)]


async def limit_rate(tenant_id: TenantIdDep, limiter: RateLimiterDep) -> None:
    """Refuse a request when its tenant has made too many.

    Args:
        tenant_id: The tenant.
        limiter: Counts the requests.

    Raises:
        HTTPException: If the tenant has to wait.
    """
    wait = await limiter.take(tenant_id)
    if wait > 0:
        raise fastapi.HTTPException(
            HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": str(math.ceil(wait))}
        )


async def get_units(resources: ResourcesDep) -> UnitOfWorkFactory:
    """Provide what opens a transaction.

    Args:
        resources: Resources of the application.

    Returns:
        A function that makes a new unit of work.
    """
    return functools.partial(SqlUnitOfWork, resources.database)


UnitsDep = Annotated[UnitOfWorkFactory, fastapi.Depends(get_units)]


async def get_settings(request: fastapi.Request) -> Settings:
    """Find the settings of the running application.

    Args:
        request: Any request.

    Returns:
        The settings.
    """
    settings: Settings = request.app.state.settings
    return settings


SettingsDep = Annotated[Settings, fastapi.Depends(get_settings)]


async def get_job_service(units: UnitsDep, settings: SettingsDep) -> JobService:
    """Provide the use cases around jobs.

    Args:
        units: Opens a transaction.
        settings: Settings of the application.

    Returns:
        The service.
    """
    return JobService(units, settings.job_products_limit)
