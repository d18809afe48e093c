"""What the use cases demand from the storage of jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shop.domain.job import Job
    from shop.domain.value_objects import JobId, TenantId


class JobRepository(Protocol):
    """Keeps jobs; a tenant sees its own only."""

    async def find_by_id(self, tenant_id: TenantId, job_id: JobId) -> Job | None:
        """Find a job.

        Args:
            tenant_id: Tenant that it belongs to.
            job_id: Identifier of the job.

        Returns:
            The job, or nothing if the tenant has no such job.
        """

    async def find_page(
        self, tenant_id: TenantId, limit: int, offset: int
    ) -> Sequence[Job]:
        """Read a part of the jobs of a tenant, the newest first.

        Args:
            tenant_id: The tenant.
            limit: How many jobs to read at most.
            offset: How many jobs to leave out.

        Returns:
            The jobs.
        """

    async def count(self, tenant_id: TenantId) -> int:
        """Count the jobs of a tenant.

        Args:
            tenant_id: The tenant.

        Returns:
            How many there are.
        """

    async def save(self, job: Job) -> None:
        """Keep a new job, or the progress of a known one.

        Args:
            job: The job.
        """

    async def delete(self, tenant_id: TenantId, job_id: JobId) -> bool:
        """Hide a job from now on; its data stays for those who look after the database.

        Args:
            tenant_id: Tenant that it belongs to.
            job_id: Identifier of the job.

        Returns:
            Whether the tenant had such a job.
        """
