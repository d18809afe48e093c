"""The wiring: services built from repositories, integrations and settings."""

import asyncio
import contextlib
import dataclasses
import datetime as dt
import math
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated

import fastapi

from shop.core.config import Settings
from shop.core.database import Database, connect_replica
from shop.core.ports import RateLimiter
from shop.core.security import TokenRules
from shop.integrations.external_api import ExternalAPIService
from shop.integrations.notification_service import NotificationService
from shop.integrations.payment_gateway import PaymentGateway
from shop.integrations.rate_limit import TokenBuckets
from shop.monitoring.errors import start_error_tracking
from shop.monitoring.metrics import MetricsService
from shop.monitoring.tracing import TracingService, export_to
from shop.repositories.audit_repository import AuditRepository
from shop.repositories.order_repository import OrderRepository
from shop.repositories.user_repository import UserRepository
from shop.services.auth_service import AuthService
from shop.services.delivery_service import DeliveryService
from shop.services.enterprise_order_service import EnterpriseOrderService
from shop.services.health_service import HealthService
from shop.services.order_service import OrderService
from shop.services.user_service import UserService
from shop.workers.orders import process_order

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@dataclasses.dataclass(frozen=True, slots=True)
class Resources:
    """What lives as long as the application.

    Attributes:
        health: Asks the dependencies how they are.
        external_api: Talks to the service that delivers orders.
        metrics: Counts and measures.
        rate_limiter: Counts the requests of each client.
        database: Lends sessions.
        replica: Lends sessions for reading; it may lag behind.
        tracing: Records spans.
        payment_gateway: Collects money.
    """

    health: HealthService
    external_api: ExternalAPIService
    metrics: MetricsService
    rate_limiter: RateLimiter
    database: Database
    replica: Database
    tracing: TracingService
    payment_gateway: PaymentGateway


@contextlib.asynccontextmanager
async def open_resources(settings: "Settings") -> "AsyncIterator[Resources]":
    """Open the resources, and close them in reverse order.

    Args:
        settings: Settings of the application.

    Yields:
        The open resources.
    """
    async with contextlib.AsyncExitStack() as stack:
        external_api = ExternalAPIService(
            str(settings.external_api_url),
            settings.external_api_key.get_secret_value(),
            settings.external_api_timeout_seconds,
        )
        stack.push_async_callback(external_api.close)
        rate_limiter = TokenBuckets(
            settings.rate_limit_requests, settings.rate_limit_seconds
        )
        start_error_tracking(settings)
        database = Database(settings)
        stack.push_async_callback(database.close)
        replica = connect_replica(settings, database)
        stack.push_async_callback(replica.close)
        tracing = TracingService(export_to(settings.otlp_endpoint))
        stack.push_async_callback(asyncio.to_thread, tracing.close)
        payment_gateway = PaymentGateway.connect(settings)
        stack.push_async_callback(payment_gateway.close)
        yield Resources(
            health=HealthService({"db": database}, settings.health_timeout_seconds),
            external_api=external_api,
            metrics=MetricsService(),
            rate_limiter=rate_limiter,
            database=database,
            replica=replica,
            tracing=tracing,
            payment_gateway=payment_gateway,
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


async def get_metrics(resources: ResourcesDep) -> MetricsService:
    """Provide the metrics.

    Args:
        resources: Resources of the application.

    Returns:
        The metrics.
    """
    return resources.metrics


MetricsDep = Annotated[MetricsService, fastapi.Depends(get_metrics)]


async def get_rate_limiter(resources: ResourcesDep) -> RateLimiter:
    """Provide the limiter.

    Args:
        resources: Resources of the application.

    Returns:
        The limiter.
    """
    return resources.rate_limiter


RateLimiterDep = Annotated[RateLimiter, fastapi.Depends(get_rate_limiter)]


async def limit_rate(request: fastapi.Request, limiter: RateLimiterDep) -> None:
    """Refuse a request when its client has made too many.

    Args:
        request: The request; it knows the address of the client.
        limiter: Counts the requests.

    Raises:
        HTTPException: If the client has to wait.
    """
    wait = await limiter.take(request.client.host if request.client else "")
    if wait > 0:
        raise fastapi.HTTPException(
            HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": str(math.ceil(wait))}
        )


async def get_app_settings(request: fastapi.Request) -> Settings:
    """Find the settings of the running application.

    Args:
        request: Any request.

    Returns:
        The settings.
    """
    settings: Settings = request.app.state.settings
    return settings


SettingsDep = Annotated[Settings, fastapi.Depends(get_app_settings)]


async def get_user_repo(resources: ResourcesDep) -> UserRepository:
    """Provide the storage of users.

    Args:
        resources: Resources of the application.

    Returns:
        The repository.
    """
    return UserRepository(resources.database, resources.replica)


UserRepoDep = Annotated[UserRepository, fastapi.Depends(get_user_repo)]


async def get_auth_service(
    user_repo: UserRepoDep, settings: SettingsDep
) -> AuthService:
    """Provide what signs users in.

    Args:
        user_repo: Keeps the users.
        settings: Settings of the application.

    Returns:
        The service.
    """
    rules = TokenRules(
        key=settings.secret_key.get_secret_value(),
        access_lifetime=dt.timedelta(minutes=settings.access_token_minutes),
        refresh_lifetime=dt.timedelta(days=settings.refresh_token_days),
    )
    return AuthService(user_repo, rules)


AuthServiceDep = Annotated[AuthService, fastapi.Depends(get_auth_service)]


async def get_user_service(user_repo: UserRepoDep) -> UserService:
    """Provide the use cases around users.

    Args:
        user_repo: Keeps the users.

    Returns:
        The service.
    """
    return UserService(user_repo)


UserServiceDep = Annotated[UserService, fastapi.Depends(get_user_service)]


async def get_order_repo(resources: ResourcesDep) -> OrderRepository:
    """Provide the storage of orders.

    Args:
        resources: Resources of the application.

    Returns:
        The repository.
    """
    return OrderRepository(resources.database, resources.replica)


OrderRepoDep = Annotated[OrderRepository, fastapi.Depends(get_order_repo)]


async def get_order_service(
    resources: ResourcesDep, order_repo: OrderRepoDep, metrics: MetricsDep
) -> OrderService:
    """Provide the use cases around orders.

    Args:
        resources: Resources of the application.
        order_repo: Keeps the orders.
        metrics: Counts the orders.

    Returns:
        The service.
    """
    return EnterpriseOrderService(
        order_repo,
        resources.payment_gateway,
        NotificationService(process_order),
        metrics,
        resources.tracing,
    )


OrderServiceDep = Annotated[OrderService, fastapi.Depends(get_order_service)]


async def get_audit_repo(resources: ResourcesDep) -> AuditRepository:
    """Provide the audit trail.

    Args:
        resources: Resources of the application.

    Returns:
        The repository.
    """
    return AuditRepository(resources.replica)


AuditRepoDep = Annotated[AuditRepository, fastapi.Depends(get_audit_repo)]


async def get_delivery_service(resources: ResourcesDep) -> DeliveryService:
    """Provide the use cases around deliveries.

    Args:
        resources: Resources of the application.

    Returns:
        The service.
    """
    return DeliveryService(resources.external_api)


DeliveryServiceDep = Annotated[DeliveryService, fastapi.Depends(get_delivery_service)]
