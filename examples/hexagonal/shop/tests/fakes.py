"""Stand-ins for the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from shop.ports.audit import AuditLog
from shop.ports.jobs import JobRepository
from shop.ports.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from shop.domain.audit import AuditRecord
    from shop.domain.job import Job
    from shop.domain.value_objects import JobId, TenantId


class FakeJobRepository(JobRepository):
    """Keeps jobs in a dictionary."""

    def __init__(self, jobs: dict[JobId, Job]) -> None:
        """Keep the dictionary.

        Args:
            jobs: The jobs by identifier.
        """
        self._jobs = jobs

    async def find_by_id(self, tenant_id: TenantId, job_id: JobId) -> Job | None:
        """Find a job.

        Args:
            tenant_id: Tenant that it belongs to.
            job_id: Identifier of the job.

        Returns:
            The job, or nothing if the tenant has no such job.
        """
        job = self._jobs.get(job_id)
        return job if job and job.tenant_id == tenant_id else None

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
        return self._jobs_of(tenant_id)[offset : offset + limit]

    async def count(self, tenant_id: TenantId) -> int:
        """Count the jobs of a tenant.

        Args:
            tenant_id: The tenant.

        Returns:
            How many there are.
        """
        return len(self._jobs_of(tenant_id))

    async def save(self, job: Job) -> None:
        """Keep a job.

        Args:
            job: The job.
        """
        self._jobs[job.id] = job

    async def delete(self, tenant_id: TenantId, job_id: JobId) -> bool:
        """Forget a job.

        Args:
            tenant_id: Tenant that it belongs to.
            job_id: Identifier of the job.

        Returns:
            Whether the tenant had such a job.
        """
        if await self.find_by_id(tenant_id, job_id) is None:
            return False
        del self._jobs[job_id]
        return True

    def _jobs_of(self, tenant_id: TenantId) -> list[Job]:
        """List the jobs of a tenant.

        Args:
            tenant_id: The tenant.

        Returns:
            The jobs, the newest first.
        """
        jobs = [job for job in self._jobs.values() if job.tenant_id == tenant_id]
        return sorted(jobs, key=lambda job: job.created_at, reverse=True)


class FakeAuditLog(AuditLog):
    """Remembers operations in a list."""

    def __init__(self, records: list[AuditRecord]) -> None:
        """Keep the list.

        Args:
            records: What was remembered so far.
        """
        self._records = records

    async def append(self, record: AuditRecord) -> None:
        """Remember an operation.

        Args:
            record: What was done.
        """
        self._records.append(record)


class FakeStore:
    """What is committed; calling it opens a unit of work.

    Attributes:
        jobs: The jobs by identifier.
        records: The audit log.
    """

    def __init__(self, *jobs: Job) -> None:
        """Begin with some jobs.

        Args:
            *jobs: The jobs.
        """
        self.jobs = {job.id: job for job in jobs}
        self.records: list[AuditRecord] = []

    def __call__(self) -> FakeUnitOfWork:
        """Open a unit of work.

        Returns:
            The unit.
        """
        return FakeUnitOfWork(self)


class FakeUnitOfWork(UnitOfWork):
    """Works on copies, which replace the originals when it is committed."""

    def __init__(self, store: FakeStore) -> None:
        """Copy what is committed.

        Args:
            store: What is committed.
        """
        self._store = store
        self._jobs = store.jobs.copy()
        self._records = store.records.copy()
        self.jobs = FakeJobRepository(self._jobs)
        self.audit = FakeAuditLog(self._records)

    async def __aenter__(self) -> Self:
        """Begin.

        Returns:
            The unit itself.
        """
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Forget what was not committed.

        Args:
            kind: Class of the exception that ends the block, if there is one.
            error: The exception.
            trace: Where it was raised.
        """
        self._jobs.clear()
        self._records.clear()

    async def commit(self) -> None:
        """Make everything last that was done so far."""
        self._store.jobs = self._jobs.copy()
        self._store.records = self._records.copy()
