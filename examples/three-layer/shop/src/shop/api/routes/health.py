"""Endpoint for those who watch over the service."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

import fastapi

from shop.api.dependencies import get_health_service
from shop.api.schemas import HealthResponse
from shop.infrastructure.monitoring import HealthService

router = fastapi.APIRouter(tags=["health"])

HealthServiceDep = Annotated[HealthService, fastapi.Depends(get_health_service)]


@router.get(
    "/health",
    responses={HTTPStatus.SERVICE_UNAVAILABLE.value: {"model": HealthResponse}},
)
async def read_health(
    service: HealthServiceDep, response: fastapi.Response
) -> HealthResponse:
    """Tell whether the service can do its work.

    Args:
        service (HealthServiceDep): Asks the dependencies.
        response (fastapi.Response): Carries the status.

    Returns:
        HealthResponse: The state of every dependency.

    Example:
        ```python
        import asyncio

        import fastapi

        from shop.api.routes.health import read_health
        from shop.infrastructure.monitoring import HealthService

        report = asyncio.run(
            read_health(HealthService({}, timeout=1), fastapi.Response())
        )
        report.status
        # 'healthy'
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> report = asyncio.run(
        ...     read_health(HealthService({}, timeout=1), fastapi.Response())
        ... )
        >>> report.status
        'healthy'

        -->
    """
    report = await service.report()
    if not report.is_healthy:
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    return HealthResponse(
        status="healthy" if report.is_healthy else "unhealthy",
        checks=dict(report.checks),
    )
