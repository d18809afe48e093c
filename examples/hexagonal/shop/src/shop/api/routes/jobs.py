"""Endpoints for jobs."""

import uuid
from http import HTTPStatus
from typing import Annotated, Any, Final

import fastapi

from shop.api.dependencies import get_caller, get_job_service, get_tenant_id, limit_rate
from shop.api.schemas.errors import ErrorResponse
from shop.api.schemas.jobs import JobPageResponse, JobResponse, SubmitJobRequest
from shop.application.jobs import JobService
from shop.domain.caller import Caller
from shop.domain.value_objects import JobId, TenantId

type Responses = dict[int | str, dict[str, Any]]

PAGE_LIMIT: Final = 100
ANY_ERROR: Final[Responses] = {
    status.value: {"model": ErrorResponse}
    for status in (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    )
}
BAD_REQUEST: Final[Responses] = {HTTPStatus.BAD_REQUEST.value: {"model": ErrorResponse}}
NOT_FOUND: Final[Responses] = {HTTPStatus.NOT_FOUND.value: {"model": ErrorResponse}}

JobServiceDep = Annotated[JobService, fastapi.Depends(get_job_service)]
TenantIdDep = Annotated[TenantId, fastapi.Depends(get_tenant_id)]
CallerDep = Annotated[Caller, fastapi.Depends(get_caller)]
JobBody = Annotated[SubmitJobRequest, fastapi.Body()]
JobIdPath = Annotated[uuid.UUID, fastapi.Path(description="Identifier of the job")]
Limit = Annotated[
    int, fastapi.Query(ge=1, le=PAGE_LIMIT, description="How many jobs to list at most")
]
Offset = Annotated[
    int, fastapi.Query(ge=0, lt=2**31, description="How many jobs to leave out")
]

router = fastapi.APIRouter(
    prefix="/api/v1/jobs",
    tags=["jobs"],
    dependencies=[fastapi.Depends(limit_rate)],
    responses=ANY_ERROR,
)


@router.get("")
async def list_jobs(
    service: JobServiceDep,
    tenant_id: TenantIdDep,
    limit: Limit = 20,
    offset: Offset = 0,
) -> JobPageResponse:
    """List the jobs of the tenant, the newest first.

    Args:
        service: Use cases around jobs.
        tenant_id: The tenant.
        limit: How many jobs to list at most.
        offset: How many jobs to leave out.

    Returns:
        The jobs, and how many there are in all.
    """
    return JobPageResponse.from_page(await service.page(tenant_id, limit, offset))


@router.post("", status_code=HTTPStatus.CREATED, responses=BAD_REQUEST)
async def submit_job(
    body: JobBody,
    service: JobServiceDep,
    caller: CallerDep,
    response: fastapi.Response,
    tasks: fastapi.BackgroundTasks,
) -> JobResponse:
    """Accept a job; it runs after the answer, which says where to look for the outcome.

    Args:
        body: What is to be checked.
        service: Use cases around jobs.
        caller: Seller who submits it.
        response: Carries the place of the job.
        tasks: What runs after the answer.

    Returns:
        The new job.
    """
    job = await service.submit(caller, body.products)
    tasks.add_task(service.run, job.tenant_id, job.id)
    response.headers["Location"] = router.url_path_for("read_job", job_id=str(job.id))
    return JobResponse.from_entity(job)


@router.get("/{job_id}", responses=NOT_FOUND)
async def read_job(
    job_id: JobIdPath, service: JobServiceDep, tenant_id: TenantIdDep
) -> JobResponse:
    """Show a job and what it has found.

    Args:
        job_id: Identifier of the job.
        service: Use cases around jobs.
        tenant_id: The tenant.

    Returns:
        The job.
    """
    return JobResponse.from_entity(await service.get(tenant_id, JobId(job_id)))


@router.delete("/{job_id}", status_code=HTTPStatus.NO_CONTENT, responses=NOT_FOUND)
async def delete_job(
    job_id: JobIdPath, service: JobServiceDep, caller: CallerDep
) -> None:
    """Delete a job.

    Args:
        job_id: Identifier of the job.
        service: Use cases around jobs.
        caller: Seller who deletes it.
    """
    await service.delete(caller, JobId(job_id))
