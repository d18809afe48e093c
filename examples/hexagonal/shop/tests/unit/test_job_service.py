"""Tests of the use cases around jobs."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import TYPE_CHECKING, Final

import pytest

from shop.application.jobs import JobService
from shop.domain.audit import AuditAction
from shop.domain.errors import ExternalServiceError, NotFoundError, ValidationError
from shop.domain.job import JobStatus
from tests.factories import CallerFactory, JobFactory
from tests.fakes import FakeAuditLog, FakeJobRepository, FakeStore

if TYPE_CHECKING:
    from pytest_mock import MockerFixture

    from shop.domain.job import Product

pytestmark = pytest.mark.anyio

PRODUCT: Final[Product] = {"sku": "A-1", "title": "Teapot", "price": 24.5}
PRODUCTS_LIMIT: Final = 2


def service_on(store: FakeStore) -> JobService:
    """Build the service.

    Args:
        store: What is committed.

    Returns:
        The service.
    """
    return JobService(store, PRODUCTS_LIMIT)


async def test_submission_is_kept_and_audited() -> None:
    """The job belongs to the caller, and the audit log knows of it."""
    store, caller = FakeStore(), CallerFactory.build()
    job = await service_on(store).submit(caller, [PRODUCT])
    assert store.jobs == {job.id: job}
    assert (job.tenant_id, job.seller_id) == (caller.tenant_id, caller.seller_id)
    (record,) = store.records
    assert record.action is AuditAction.CREATE
    assert record.subject == f"job/{job.id}"
    assert record.actor_id == caller.seller_id
    assert record.request_id == caller.request_id


@pytest.mark.parametrize("size", [0, PRODUCTS_LIMIT + 1])
async def test_unfit_submission_leaves_nothing(size: int) -> None:
    """A job has something to do, but not too much.

    Args:
        size: How many products it has.
    """
    store = FakeStore()
    with pytest.raises(ValidationError):
        await service_on(store).submit(CallerFactory.build(), [PRODUCT] * size)
    assert store.jobs == {}
    assert store.records == []


async def test_nothing_happens_without_an_audit_record(mocker: MockerFixture) -> None:
    """When the audit log fails, the operation is undone.

    Args:
        mocker: Makes the audit log fail.
    """
    mocker.patch.object(FakeAuditLog, "append", side_effect=OSError("disk is full"))
    job = JobFactory.build()
    store, caller = FakeStore(job), CallerFactory.build(tenant_id=job.tenant_id)
    with pytest.raises(OSError, match="disk is full"):
        await service_on(store).delete(caller, job.id)
    assert store.jobs == {job.id: job}


@pytest.mark.parametrize(
    ("product", "status"),
    [(PRODUCT, JobStatus.ACCEPTED), ({"sku": "A-1"}, JobStatus.REJECTED)],
)
async def test_run_keeps_the_outcome(product: Product, status: JobStatus) -> None:
    """After the run the job tells how it went.

    Args:
        product: What is checked.
        status: The status expected.
    """
    job = JobFactory.build(products=(product,))
    store = FakeStore(job)
    await service_on(store).run(job.tenant_id, job.id)
    assert store.jobs[job.id].status is status


async def test_deleted_job_is_not_run(caplog: pytest.LogCaptureFixture) -> None:
    """A job that is gone when its turn comes leaves a trace in the log only.

    Args:
        caplog: Captures the log.
    """
    store, job = FakeStore(), JobFactory.build()
    await service_on(store).run(job.tenant_id, job.id)
    assert store.jobs == {}
    assert "Job is gone" in caplog.messages


async def wait_for_long(*_: object) -> None:
    """Wait, as for a database that is frozen.

    Args:
        *_: Whatever is asked for.
    """
    await asyncio.sleep(10)


@pytest.mark.parametrize("outage", [ExternalServiceError("db is down"), wait_for_long])
async def test_outage_leaves_the_job_pending(
    outage: object, mocker: MockerFixture, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody waits for the run, so the log is where its failure shows.

    Args:
        outage: What the database does.
        mocker: Breaks the database and shortens the wait.
        caplog: Captures the log.
    """
    mocker.patch("shop.application.jobs.RUN_TIMEOUT_SECONDS", 0.01)
    mocker.patch.object(FakeJobRepository, "find_by_id", side_effect=outage)
    job = JobFactory.build()
    store = FakeStore(job)
    await service_on(store).run(job.tenant_id, job.id)
    assert store.jobs == {job.id: job}
    assert "Job stays pending" in caplog.messages


async def test_page_holds_the_newest_and_the_total() -> None:
    """A part of the list tells how long the whole is."""
    start = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    old, middle, new = (
        JobFactory.build(created_at=start + dt.timedelta(days=days))
        for days in range(3)
    )
    page = await service_on(FakeStore(old, new, middle)).page(new.tenant_id, 2, 0)
    assert page.jobs == [new, middle]
    assert page.total == len([old, middle, new])


async def test_deletion_is_audited() -> None:
    """A deleted job is gone, and the audit log knows who did it."""
    job = JobFactory.build()
    store, caller = FakeStore(job), CallerFactory.build(tenant_id=job.tenant_id)
    await service_on(store).delete(caller, job.id)
    assert store.jobs == {}
    (record,) = store.records
    assert record.action is AuditAction.DELETE
    assert record.actor_id == caller.seller_id


async def test_jobs_of_other_tenants_are_out_of_reach() -> None:
    """Whoever asks for a foreign job is told what is told about an unknown one."""
    job, stranger = JobFactory.build(), CallerFactory.build()
    store = FakeStore(job)
    service = service_on(store)
    with pytest.raises(NotFoundError, match=f"^There is no job {job.id}$"):
        await service.get(stranger.tenant_id, job.id)
    with pytest.raises(NotFoundError, match=f"^There is no job {job.id}$"):
        await service.delete(stranger, job.id)
    assert await service.get(job.tenant_id, job.id) == job
    assert (await service.page(stranger.tenant_id, 10, 0)).total == 0
    assert store.records == []
