"""Use cases around jobs."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from typing import TYPE_CHECKING, Final

from shop.domain.audit import AuditAction, AuditRecord
from shop.domain.errors import ExternalServiceError, NotFoundError, ValidationError
from shop.domain.job import Job
from shop.domain.product_rules import check_products

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shop.domain.caller import Caller
    from shop.domain.job import Product
    from shop.domain.value_objects import JobId, TenantId
    from shop.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory

logger = logging.getLogger(__name__)

RUN_TIMEOUT_SECONDS: Final = 60


@dataclasses.dataclass(frozen=True, slots=True)
class JobPage:
    """A part of the jobs of a tenant.

    Attributes:
        jobs: The jobs of this part.
        total: How many there are in all.
    """

    jobs: Sequence[Job]
    total: int


class JobService:
    """What can be done with jobs."""

    def __init__(self, units: UnitOfWorkFactory, products_limit: int) -> None:
        """Keep what the use cases need.

        Args:
            units: Opens a transaction.
            products_limit: How many products a job may have.
        """
        self._units = units
        self._products_limit = products_limit

    async def submit(self, caller: Caller, products: Sequence[Product]) -> Job:
        """Accept a job, to be run later.

        Args:
            caller: Seller who submits it.
            products: What is to be checked.

        Raises:
            ValidationError: If there are no products, or too many.

        Returns:
            The new job.
        """
        if len(products) > self._products_limit:
            message = f"Job has more than {self._products_limit} products"
            raise ValidationError(message)
        job = Job(
            tenant_id=caller.tenant_id,
            seller_id=caller.seller_id,
            products=tuple(products),
        )
        async with self._units() as unit:
            await unit.jobs.save(job)
            await unit.audit.append(record(caller, AuditAction.CREATE, job.id))
            await unit.commit()
        logger.info("Job submitted", extra={"job_id": job.id})
        return job

    async def run(self, tenant_id: TenantId, job_id: JobId) -> None:
        """Check the products of a job, unless it was deleted meanwhile.

        Nobody waits for the outcome, so that a failure goes to the log.

        Args:
            tenant_id: Tenant that the job belongs to.
            job_id: Identifier of the job.
        """
        try:
            job = await self._finish(tenant_id, job_id)
        except (ExternalServiceError, TimeoutError):
            logger.exception("Job stays pending", extra={"job_id": job_id})
            return
        if job is None:
            logger.warning("Job is gone", extra={"job_id": job_id})
            return
        logger.info("Job finished", extra={"job_id": job_id, "outcome": job.status})

    async def get(self, tenant_id: TenantId, job_id: JobId) -> Job:
        """Find a job.

        Args:
            tenant_id: Tenant that asks.
            job_id: Identifier of the job.

        Raises:
            NotFoundError: If the tenant has no such job.

        Returns:
            The job.
        """
        async with self._units() as unit:
            job = await unit.jobs.find_by_id(tenant_id, job_id)
        if job is None:
            raise unknown(job_id)
        return job

    async def page(self, tenant_id: TenantId, limit: int, offset: int) -> JobPage:
        """Read a part of the jobs of a tenant, the newest first.

        Args:
            tenant_id: Tenant that asks.
            limit: How many jobs to read at most.
            offset: How many jobs to leave out.

        Returns:
            The jobs, and how many there are in all.
        """
        jobs, total = await asyncio.gather(
            self._find_page(tenant_id, limit, offset), self._count(tenant_id)
        )
        return JobPage(jobs, total)

    async def delete(self, caller: Caller, job_id: JobId) -> None:
        """Delete a job.

        Args:
            caller: Seller who deletes it.
            job_id: Identifier of the job.

        Raises:
            NotFoundError: If the tenant has no such job.
        """
        async with self._units() as unit:
            await remove(unit, caller, job_id)
            await unit.commit()
        logger.info("Job deleted", extra={"job_id": job_id})

    async def _finish(self, tenant_id: TenantId, job_id: JobId) -> Job | None:
        """Check the products of a job, in a transaction that may not take for ever.

        Args:
            tenant_id: Tenant that the job belongs to.
            job_id: Identifier of the job.

        Returns:
            The finished job, or nothing if the tenant has no such job.
        """
        async with asyncio.timeout(RUN_TIMEOUT_SECONDS), self._units() as unit:
            job = await finish(unit, tenant_id, job_id)
            await unit.commit()
        return job

    async def _find_page(
        self, tenant_id: TenantId, limit: int, offset: int
    ) -> Sequence[Job]:
        """Read a part of the jobs in a transaction of its own.

        Args:
            tenant_id: Tenant that asks.
            limit: How many jobs to read at most.
            offset: How many jobs to leave out.

        Returns:
            The jobs.
        """
        async with self._units() as unit:
            return await unit.jobs.find_page(tenant_id, limit, offset)

    async def _count(self, tenant_id: TenantId) -> int:
        """Count the jobs in a transaction of its own.

        Args:
            tenant_id: Tenant that asks.

        Returns:
            How many there are.
        """
        async with self._units() as unit:
            return await unit.jobs.count(tenant_id)


async def finish(unit: UnitOfWork, tenant_id: TenantId, job_id: JobId) -> Job | None:
    """Check the products of a job.

    Args:
        unit: The transaction.
        tenant_id: Tenant that the job belongs to.
        job_id: Identifier of the job.

    Returns:
        The finished job, or nothing if the tenant has no such job.
    """
    job = await unit.jobs.find_by_id(tenant_id, job_id)
    if job is None:
        return None
    finished = job.finish(check_products(job.products))
    await unit.jobs.save(finished)
    return finished


async def remove(unit: UnitOfWork, caller: Caller, job_id: JobId) -> None:
    """Delete a job, and remember who did.

    Args:
        unit: The transaction.
        caller: Seller who deletes it.
        job_id: Identifier of the job.

    Raises:
        NotFoundError: If the tenant has no such job.
    """
    if not await unit.jobs.delete(caller.tenant_id, job_id):
        raise unknown(job_id)
    await unit.audit.append(record(caller, AuditAction.DELETE, job_id))


def record(caller: Caller, action: AuditAction, job_id: JobId) -> AuditRecord:
    """Describe an operation on a job.

    Args:
        caller: Who does it.
        action: What is done.
        job_id: Identifier of the job.

    Returns:
        What the audit log is to remember.
    """
    return AuditRecord.of(caller, action, f"job/{job_id}")


def unknown(job_id: JobId) -> NotFoundError:
    """Tell that there is no such job, whether another tenant has it or nobody.

    Args:
        job_id: Identifier that was asked for.

    Returns:
        The exception.
    """
    return NotFoundError(f"There is no job {job_id}")
