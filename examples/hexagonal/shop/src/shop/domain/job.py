"""Jobs: sellers have their products checked."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from shop.domain.errors import ValidationError
from shop.domain.value_objects import JobId

if TYPE_CHECKING:
    from shop.domain.value_objects import SellerId, TenantId

type Product = Mapping[str, str | int | float | bool | None]


class JobStatus(StrEnum):
    """How far a job has come."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Problem(StrEnum):
    """What can be wrong with a field."""

    MISSING = "missing"
    INVALID = "invalid"


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """A field that is not as it should be.

    Attributes:
        position: Which product it belongs to, counted from 0.
        field: Name of the field.
        problem: What is wrong with it.
    """

    position: int
    field: str
    problem: Problem


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """The check of some products.

    Attributes:
        id: Identifier that never changes.
        tenant_id: Tenant that the job belongs to.
        seller_id: Seller who submitted it.
        products: What is to be checked.
        status: How far the job has come.
        findings: What the check has found.
        created_at: Moment of the submission, in UTC.
    """

    id: JobId = dataclasses.field(default_factory=JobId.new)
    tenant_id: TenantId
    seller_id: SellerId
    products: tuple[Product, ...]
    status: JobStatus = JobStatus.PENDING
    findings: tuple[Finding, ...] = ()
    created_at: dt.datetime = dataclasses.field(
        default_factory=lambda: dt.datetime.now(dt.UTC)
    )

    def __post_init__(self) -> None:
        """Refuse a job without anything to do.

        Raises:
            ValidationError: If there are no products.
        """
        if not self.products:
            message = "Job has no products"
            raise ValidationError(message)

    def finish(self, findings: tuple[Finding, ...]) -> Self:
        """Take over the outcome of the check.

        Args:
            findings: What the check has found.

        Returns:
            The finished job.
        """
        status = JobStatus.REJECTED if findings else JobStatus.ACCEPTED
        return dataclasses.replace(self, status=status, findings=findings)
