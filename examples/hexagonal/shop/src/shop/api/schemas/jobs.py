"""Bodies around jobs."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Annotated, Self

import pydantic

from shop.domain.job import JobStatus, Problem

if TYPE_CHECKING:
    from shop.application.jobs import JobPage
    from shop.domain.job import Finding, Job

JobIdField = Annotated[uuid.UUID, pydantic.Field(description="Identifier of the job")]
SubmittedAt = Annotated[dt.datetime, pydantic.Field(description="In UTC")]
Status = Annotated[JobStatus, pydantic.Field(description="How far the job has come")]
ProblemField = Annotated[Problem, pydantic.Field(description="What is wrong")]


def refuse_once(
    value: object, validate: pydantic.ValidatorFunctionWrapHandler
) -> object:
    """Name a wrong field once, not once for each type that it could have.

    Args:
        value: Value of the field.
        validate: Tries the types.

    Raises:
        ValueError: If none of them fits.

    Returns:
        The value.
    """
    try:
        return validate(value)
    except pydantic.ValidationError:
        message = "neither text nor number nor truth value"
        raise ValueError(message) from None


# The database can hold neither a null character nor a number without an end.
Text = Annotated[str, pydantic.Field(pattern=r"^[^\x00]*$")]
Scalar = Annotated[
    Text | int | pydantic.FiniteFloat | bool | None, pydantic.WrapValidator(refuse_once)
]
Products = Annotated[list[dict[Text, Scalar]], pydantic.Field(min_length=1)]


class SubmitJobRequest(pydantic.BaseModel):
    """What a seller submits.

    Attributes:
        products: What is to be checked, each with `sku`, `title` and `price`.
    """

    model_config = pydantic.ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"products": [{"sku": "A-1", "title": "Teapot", "price": 24.5}]}
            ]
        },
    )

    products: Products


class FindingResponse(pydantic.BaseModel):
    """A field that is not as it should be.

    Attributes:
        position: Which product it belongs to, counted from 0.
        field: Name of the field.
        problem: What is wrong with it.
    """

    position: int
    field: str
    problem: ProblemField

    @classmethod
    def from_entity(cls, finding: "Finding") -> Self:
        """Translate a finding.

        Args:
            finding: The finding.

        Returns:
            The body.
        """
        return cls(
            position=finding.position, field=finding.field, problem=finding.problem
        )


class JobResponse(pydantic.BaseModel):
    """What a client gets to know about a job.

    Attributes:
        id: Identifier that never changes.
        seller_id: Seller who submitted it.
        status: How far it has come.
        findings: What the check has found.
        created_at: Moment of the submission.
    """

    model_config = pydantic.ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "7f3c1b52-9d0e-4b8a-8a55-0c6de1f0a9b4",
                    "seller_id": "seller-7",
                    "status": "rejected",
                    "findings": [
                        {"position": 0, "field": "price", "problem": "missing"}
                    ],
                    "created_at": "2026-01-01T12:00:00Z",
                }
            ]
        }
    )

    id: JobIdField
    seller_id: str
    status: Status
    findings: list[FindingResponse]
    created_at: SubmittedAt

    @classmethod
    def from_entity(cls, job: "Job") -> Self:
        """Translate a job.

        Args:
            job: The job.

        Returns:
            The body.
        """
        return cls(
            id=job.id.value,
            seller_id=job.seller_id.value,
            status=job.status,
            findings=[FindingResponse.from_entity(it) for it in job.findings],
            created_at=job.created_at,
        )


class JobPageResponse(pydantic.BaseModel):
    """A part of the jobs of a tenant.

    Attributes:
        items: The jobs of this part, the newest first.
        total: How many there are in all.
    """

    items: list[JobResponse]
    total: int

    @classmethod
    def from_page(cls, page: "JobPage") -> Self:
        """Translate a page.

        Args:
            page: The page.

        Returns:
            The body.
        """
        return cls(
            items=[JobResponse.from_entity(job) for job in page.jobs], total=page.total
        )
