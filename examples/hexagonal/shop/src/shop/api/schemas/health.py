"""Body of the answer to a health check."""

from typing import TYPE_CHECKING, Literal, Self

import pydantic

if TYPE_CHECKING:
    from shop.application.health import HealthReport


class HealthResponse(pydantic.BaseModel):
    """State of the service.

    Attributes:
        status: The sum of all checks.
        checks: A word for each dependency.
    """

    status: Literal["healthy", "unhealthy"]
    checks: dict[str, str]

    @classmethod
    def from_report(cls, report: "HealthReport") -> Self:
        """Translate a report.

        Args:
            report: What the probes found.

        Returns:
            The body of the response.
        """
        status: Literal["healthy", "unhealthy"] = (
            "healthy" if report.is_healthy else "unhealthy"
        )
        return cls(status=status, checks=dict(report.checks))
