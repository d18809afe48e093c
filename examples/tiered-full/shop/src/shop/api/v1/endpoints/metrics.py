"""Endpoint for Prometheus."""

import fastapi
from prometheus_client import CONTENT_TYPE_LATEST

from shop.api.dependencies import MetricsDep

router = fastapi.APIRouter(tags=["metrics"])


@router.get("/metrics", response_class=fastapi.responses.PlainTextResponse)
async def read_metrics(metrics: MetricsDep) -> fastapi.Response:
    """Show all metrics.

    Args:
        metrics: Counts and measures.

    Returns:
        The text that Prometheus reads.
    """
    return fastapi.Response(metrics.render(), media_type=CONTENT_TYPE_LATEST)
