"""Tests of transactions, and of the repositories that share them."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from shop.domain.audit import AuditAction, AuditRecord
from shop.domain.errors import ExternalServiceError
from shop.domain.job import Finding, Problem
from shop.domain.value_objects import JobId, TenantId
from shop.infrastructure.database import Database
from shop.infrastructure.models import AuditRow, JobRow
from shop.infrastructure.unit_of_work import SqlUnitOfWork
from tests.factories import CallerFactory, JobFactory

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from pytest_mock import MockerFixture

    from shop.config import Settings

pytestmark = [pytest.mark.anyio, pytest.mark.integration]


@pytest.fixture
async def database(
    settings: Settings, database_schema: None
) -> AsyncIterator[Database]:
    """Connect to the database.

    Args:
        settings: Settings of the application.
        database_schema: All tables, without a row in them.

    Yields:
        The database.
    """
    database = Database(settings)
    yield database
    await database.close()


@pytest.fixture
def units(database: Database) -> Callable[[], SqlUnitOfWork]:
    """Provide what opens a transaction.

    Args:
        database: Connection to the database.

    Returns:
        A function that makes a new unit of work.
    """
    return functools.partial(SqlUnitOfWork, database)


async def test_commit_covers_all_repositories(
    database: Database, units: Callable[[], SqlUnitOfWork]
) -> None:
    """A job and its audit record are kept together, complete and equal.

    Args:
        database: Connection to the database.
        units: Opens a transaction.
    """
    job, caller = JobFactory.build(), CallerFactory.build()
    record = AuditRecord.of(caller, AuditAction.CREATE, f"job/{job.id}")
    async with units() as unit:
        await unit.jobs.save(job)
        await unit.audit.append(record)
        await unit.commit()
    async with units() as unit:
        assert await unit.jobs.find_by_id(job.tenant_id, job.id) == job
    async with database.session() as session:
        row = await session.get_one(AuditRow, record.id)
    assert (row.action, row.subject) == ("create", f"job/{job.id}")
    assert (row.tenant_id, row.actor_id) == (
        caller.tenant_id.value,
        caller.seller_id.value,
    )
    assert row.request_id == caller.request_id


async def test_nothing_lasts_without_a_commit(
    units: Callable[[], SqlUnitOfWork],
) -> None:
    """Neither an error nor a forgotten commit leaves a row.

    Args:
        units: Opens a transaction.
    """
    job = JobFactory.build()
    with pytest.raises(LookupError):
        async with units() as unit:
            await unit.jobs.save(job)
            raise LookupError
    async with units() as unit:
        await unit.jobs.save(job)
    async with units() as unit:
        assert await unit.jobs.count(job.tenant_id) == 0


async def test_outage_at_the_commit_is_translated(
    units: Callable[[], SqlUnitOfWork], mocker: MockerFixture
) -> None:
    """A database that goes away is a failure of an external service.

    Args:
        units: Opens a transaction.
        mocker: Breaks the connection.
    """
    mocker.patch.object(AsyncSession, "commit", side_effect=ConnectionResetError)
    with pytest.raises(ExternalServiceError, match="Database is unavailable"):
        async with units() as unit:
            await unit.commit()


async def test_progress_replaces_the_findings(
    units: Callable[[], SqlUnitOfWork],
) -> None:
    """A job that is saved again has the findings of the last time, in their order.

    Args:
        units: Opens a transaction.
    """
    first = JobFactory.build().finish((Finding(0, "price", Problem.INVALID),))
    findings = tuple(Finding(n, "sku", Problem.MISSING) for n in (2, 0, 1))
    second = first.finish(findings)
    for job in (first, second):
        async with units() as unit:
            await unit.jobs.save(job)
            await unit.commit()
    async with units() as unit:
        assert await unit.jobs.find_by_id(first.tenant_id, first.id) == second


async def test_deleted_job_is_hidden_but_kept(
    database: Database, units: Callable[[], SqlUnitOfWork]
) -> None:
    """A deleted job cannot be found, counted or deleted again, yet its row is there.

    Args:
        database: Connection to the database.
        units: Opens a transaction.
    """
    job = JobFactory.build()
    async with units() as unit:
        await unit.jobs.save(job)
        assert await unit.jobs.delete(job.tenant_id, job.id)
        await unit.commit()
    async with units() as unit:
        assert await unit.jobs.find_by_id(job.tenant_id, job.id) is None
        assert await unit.jobs.find_page(job.tenant_id, 10, 0) == []
        assert await unit.jobs.count(job.tenant_id) == 0
        assert not await unit.jobs.delete(job.tenant_id, job.id)
    async with database.session() as session:
        deleted_at = await session.scalar(sa.select(JobRow.deleted_at))
    assert deleted_at is not None


async def test_tenants_are_kept_apart(units: Callable[[], SqlUnitOfWork]) -> None:
    """No method reaches the job of another tenant.

    Args:
        units: Opens a transaction.
    """
    job, stranger = JobFactory.build(), TenantId("stranger")
    foreign = dataclasses.replace(job, id=JobId.new(), tenant_id=stranger)
    async with units() as unit:
        await unit.jobs.save(job)
        await unit.jobs.save(foreign)
        assert await unit.jobs.find_by_id(stranger, job.id) is None
        assert not await unit.jobs.delete(stranger, job.id)
        assert await unit.jobs.find_page(stranger, 10, 0) == [foreign]
        assert await unit.jobs.count(stranger) == 1
