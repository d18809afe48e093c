"""The wiring: services built from repositories, integrations and settings."""

import contextlib
import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Annotated

import fastapi

from shop.core.config import Settings
from shop.core.database import Database
from shop.core.security import TokenRules
from shop.integrations.external_api import ExternalAPIService
from shop.monitoring.metrics import MetricsService
from shop.repositories.order_repository import OrderRepository
from shop.repositories.user_repository import UserRepository
from shop.services.auth_service import AuthService
from shop.services.delivery_service import DeliveryService
from shop.services.health_service import HealthService
from shop.services.order_service import OrderService
from shop.services.user_service import UserService

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@dataclasses.dataclass(frozen=True, slots=True)
class Resources:
    """What lives as long as the application.

    Attributes:
        health: Asks the dependencies how they are.
        external_api: Talks to the service that delivers orders.
        metrics: Counts and measures.
        database: Lends sessions.
    """

    health: HealthService
    external_api: ExternalAPIService
    metrics: MetricsService
    database: Database


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
        database = Database(settings)
        stack.push_async_callback(database.close)
        yield Resources(
            health=HealthService({"db": database}, settings.health_timeout_seconds),
            external_api=external_api,
            metrics=MetricsService(),
            database=database,
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
    return UserRepository(resources.database)


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
    return OrderRepository(resources.database)


OrderRepoDep = Annotated[OrderRepository, fastapi.Depends(get_order_repo)]


async def get_order_service(
    order_repo: OrderRepoDep, metrics: MetricsDep
) -> OrderService:
    """Provide the use cases around orders.

    Args:
        order_repo: Keeps the orders.
        metrics: Counts the orders.

    Returns:
        The service.
    """
    return OrderService(order_repo, metrics)


OrderServiceDep = Annotated[OrderService, fastapi.Depends(get_order_service)]


async def get_delivery_service(resources: ResourcesDep) -> DeliveryService:
    """Provide the use cases around deliveries.

    Args:
        resources: Resources of the application.

    Returns:
        The service.
    """
    return DeliveryService(resources.external_api)


DeliveryServiceDep = Annotated[DeliveryService, fastapi.Depends(get_delivery_service)]
