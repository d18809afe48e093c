"""Jobs in the SQL database."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa

from shop.domain.job import Finding, Job, JobStatus, Problem
from shop.domain.value_objects import JobId, SellerId, TenantId
from shop.infrastructure.models import FindingRow, JobRow
from shop.ports.jobs import JobRepository
from shop.utils.moments import as_utc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession


class SqlJobRepository(JobRepository):
    """Keeps jobs in tables; the unit of work commits."""

    def __init__(self, session: AsyncSession) -> None:
        """Keep the session.

        Args:
            session: Session of the unit of work.
        """
        self._session = session

    async def find_by_id(self, tenant_id: TenantId, job_id: JobId) -> Job | None:
        """Find a job.

        Args:
            tenant_id: Tenant that it belongs to.
            job_id: Identifier of the job.

        Returns:
            The job, or nothing if the tenant has no such job.
        """
        statement = sa.select(JobRow).where(
            is_visible_to(tenant_id), JobRow.id == job_id.value
        )
        row = await self._session.scalar(statement)
        return None if row is None else to_entity(row)

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
        statement = (
            sa.select(JobRow)
            .where(is_visible_to(tenant_id))
            .order_by(JobRow.created_at.desc(), JobRow.id)
            .limit(limit)
            .offset(offset)
        )
        rows = await self._session.scalars(statement)
        return [to_entity(row) for row in rows]

    async def count(self, tenant_id: TenantId) -> int:
        """Count the jobs of a tenant.

        Args:
            tenant_id: The tenant.

        Returns:
            How many there are.
        """
        statement = (
            sa.select(sa.func.count())
            .select_from(JobRow)
            .where(is_visible_to(tenant_id))
        )
        return await self._session.scalar(statement) or 0

    async def save(self, job: Job) -> None:
        """Keep a new job, or the progress of a known one.

        Args:
            job: The job.
        """
        row = await self._session.get(JobRow, job.id.value)
        if row is None:
            row = to_row(job)
            self._session.add(row)
        row.status = job.status.value
        row.findings = [
            FindingRow(
                position=finding.position,
                field=finding.field,
                problem=finding.problem.value,
            )
            for finding in job.findings
        ]

    async def delete(self, tenant_id: TenantId, job_id: JobId) -> bool:
        """Hide a job from now on; its row stays.

        Args:
            tenant_id: Tenant that it belongs to.
            job_id: Identifier of the job.

        Returns:
            Whether the tenant had such a job.
        """
        statement = (
            sa.update(JobRow)
            .where(is_visible_to(tenant_id), JobRow.id == job_id.value)
            .values(deleted_at=dt.datetime.now(dt.UTC))
            .returning(JobRow.id)
        )
        return await self._session.scalar(statement) is not None


def is_visible_to(tenant_id: TenantId) -> sa.ColumnElement[bool]:
    """Limit a statement to what a tenant may see.

    Args:
        tenant_id: The tenant.

    Returns:
        The condition.
    """
    return sa.and_(JobRow.tenant_id == tenant_id.value, JobRow.deleted_at.is_(None))


def to_row(job: Job) -> JobRow:
    """Translate what never changes about a job.

    Args:
        job: The entity.

    Returns:
        The row.
    """
    return JobRow(
        id=job.id.value,
        tenant_id=job.tenant_id.value,
        seller_id=job.seller_id.value,
        products=[dict(product) for product in job.products],
        created_at=job.created_at,
    )


def to_entity(row: JobRow) -> Job:
    """Translate a row.

    Args:
        row: The row.

    Returns:
        The entity.
    """
    return Job(
        id=JobId(row.id),
        tenant_id=TenantId(row.tenant_id),
        seller_id=SellerId(row.seller_id),
        products=tuple(row.products),
        status=JobStatus(row.status),
        findings=tuple(
            Finding(it.position, it.field, Problem(it.problem)) for it in row.findings
        ),
        created_at=as_utc(row.created_at),
    )
