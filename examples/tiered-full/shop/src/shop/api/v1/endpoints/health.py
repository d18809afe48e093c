"""Endpoint for those who watch over the service."""

from http import HTTPStatus
from typing import Annotated

import fastapi

from shop.api.dependencies import get_health_service
from shop.schemas.health import HealthResponse
from shop.services.health_service import HealthService

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
        service: Asks the dependencies.
        response: Carries the status.

    Returns:
        The state of every dependency.
    """
    report = await service.report()
    if not report.is_healthy:
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    return HealthResponse(
        status="healthy" if report.is_healthy else "unhealthy",
        checks=dict(report.checks),
    )
