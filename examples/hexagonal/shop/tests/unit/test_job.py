"""Tests of the rules for jobs."""

from __future__ import annotations

import dataclasses
import uuid
from typing import TYPE_CHECKING, Final

import pytest

from shop.domain.errors import ValidationError
from shop.domain.job import Finding, JobStatus, Problem
from shop.domain.product_rules import check_products
from shop.domain.value_objects import JobId
from tests.factories import JobFactory

if TYPE_CHECKING:
    from shop.domain.job import Product

PRODUCT: Final[Product] = {"sku": "A-1", "title": "Teapot", "price": 24.5}


def test_new_identifiers_differ() -> None:
    """No identifier is used twice, and it can be written down."""
    job_id = JobId.new()
    assert job_id != JobId.new()
    assert JobId(uuid.UUID(str(job_id))) == job_id


def test_nil_identifies_nothing() -> None:
    """The identifier of zeros only is a mistake."""
    with pytest.raises(ValidationError, match="nil"):
        JobId(uuid.UUID(int=0))


def test_job_needs_products() -> None:
    """A job without anything to do is refused."""
    with pytest.raises(ValidationError, match="no products"):
        JobFactory.build(products=())


@pytest.mark.parametrize(
    ("findings", "status"),
    [
        ((), JobStatus.ACCEPTED),
        ((Finding(0, "sku", Problem.MISSING),), JobStatus.REJECTED),
    ],
)
def test_findings_decide(findings: tuple[Finding, ...], status: JobStatus) -> None:
    """A job is accepted when nothing was found; the pending job stays as it was.

    Args:
        findings: What the check has found.
        status: The status expected.
    """
    job = JobFactory.build()
    assert job.finish(findings) == dataclasses.replace(
        job, status=status, findings=findings
    )
    assert job.status is JobStatus.PENDING


def test_good_products_pass() -> None:
    """Further fields do not matter."""
    assert check_products([PRODUCT, {**PRODUCT, "colour": "blue"}]) == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sku", ""),
        ("sku", 7),
        ("title", " "),
        ("title", None),
        ("price", 0),
        ("price", -1.5),
        ("price", "24.50"),
        ("price", True),
    ],
)
def test_bad_value_is_found(field: str, value: str | float | None) -> None:
    """The finding tells where to look.

    Args:
        field: Name of the field.
        value: What is wrong there.
    """
    findings = check_products([PRODUCT, {**PRODUCT, field: value}])
    assert findings == (Finding(1, field, Problem.INVALID),)


def test_missing_fields_are_found() -> None:
    """Everything that is missing is told at once."""
    findings = check_products([{"title": "Teapot"}])
    assert findings == (
        Finding(0, "sku", Problem.MISSING),
        Finding(0, "price", Problem.MISSING),
    )
