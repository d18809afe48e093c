"""Body of the answer to a health check."""

from typing import Literal

import pydantic


class HealthResponse(pydantic.BaseModel):
    """State of the service.

    Attributes:
        status: The sum of all checks.
        checks: A word for each dependency.
    """

    status: Literal["healthy", "unhealthy"]
    checks: dict[str, str]
