"""Tests of the endpoints for jobs."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import pytest

from shop.api.middleware.request_context import REQUEST_ID_HEADER
from shop.application.jobs import JobService
from shop.config import ENV_PREFIX
from shop.domain.errors import ExternalServiceError

if TYPE_CHECKING:
    from fastapi.testclient import TestClient
    from pytest_mock import MockerFixture

pytestmark = pytest.mark.integration

JOBS: Final = "/api/v1/jobs"
ACME: Final = {"X-Tenant-Id": "acme", "X-Seller-Id": "seller-7"}
STRANGER: Final = {"X-Tenant-Id": "stranger", "X-Seller-Id": "seller-7"}
PRODUCT: Final = {"sku": "A-1", "title": "Teapot", "price": 24.5}


@pytest.fixture
def rate_limit(monkeypatch: pytest.MonkeyPatch) -> int:
    """Lower the rate limit; has to be asked for before the client.

    Args:
        monkeypatch: Changes the environment.

    Returns:
        How many requests a tenant may make at once.
    """
    limit = 2
    monkeypatch.setenv(f"{ENV_PREFIX}RATE_LIMIT_REQUESTS", str(limit))
    return limit


def submit(client: TestClient, *products: dict[str, Any]) -> dict[str, Any]:
    """Submit a job.

    Args:
        client: Client of the application.
        *products: What is to be checked.

    Returns:
        The answer.
    """
    response = client.post(JOBS, json={"products": products}, headers=ACME)
    assert response.status_code == HTTPStatus.CREATED
    job: dict[str, Any] = response.json()
    assert response.headers["Location"] == f"{JOBS}/{job['id']}"
    return job


def test_life_of_a_job(client: TestClient) -> None:
    """A job is submitted, runs after the answer, is read, listed and deleted.

    Args:
        client: Client of the application.
    """
    job = submit(client, PRODUCT)
    path = f"{JOBS}/{job['id']}"
    assert job["status"] == "pending"

    finished = client.get(path, headers=ACME).json()
    assert finished == job | {"status": "accepted"}
    listed = client.get(JOBS, headers=ACME).json()
    assert listed == {"items": [finished], "total": 1}

    assert client.delete(path, headers=ACME).status_code == HTTPStatus.NO_CONTENT
    assert client.get(path, headers=ACME).status_code == HTTPStatus.NOT_FOUND
    assert client.delete(path, headers=ACME).status_code == HTTPStatus.NOT_FOUND


def test_findings_are_shown(client: TestClient) -> None:
    """The seller learns what is wrong with which product.

    Args:
        client: Client of the application.
    """
    job = submit(client, PRODUCT, {"sku": "", "title": "Cup"})
    shown = client.get(f"{JOBS}/{job['id']}", headers=ACME).json()
    assert shown["status"] == "rejected"
    assert shown["findings"] == [
        {"position": 1, "field": "sku", "problem": "invalid"},
        {"position": 1, "field": "price", "problem": "missing"},
    ]


def test_list_comes_in_pages(client: TestClient) -> None:
    """The query selects a part of the list.

    Args:
        client: Client of the application.
    """
    jobs = [submit(client, PRODUCT) for _ in range(3)]
    page = client.get(JOBS, params={"limit": 2, "offset": 1}, headers=ACME).json()
    assert [job["id"] for job in page["items"]] == [jobs[1]["id"], jobs[0]["id"]]
    assert page["total"] == len(jobs)


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_foreign_and_unknown_jobs_are_alike(client: TestClient, method: str) -> None:
    """A tenant does not even learn that another one has a job.

    Args:
        client: Client of the application.
        method: Method of the request.
    """
    foreign, unknown = submit(client, PRODUCT)["id"], str(uuid.uuid4())
    for job_id in (foreign, unknown):
        response = client.request(method, f"{JOBS}/{job_id}", headers=STRANGER)
        assert response.status_code == HTTPStatus.NOT_FOUND
        assert response.json()["error"]["message"] == f"There is no job {job_id}"
    assert client.get(f"{JOBS}/{foreign}", headers=ACME).status_code == HTTPStatus.OK
    assert client.get(JOBS, headers=STRANGER).json()["total"] == 0


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "Missing or invalid: body.products"),
        ({"products": []}, "Missing or invalid: body.products"),
        ({"products": [PRODUCT], "admin": True}, "Missing or invalid: body.admin"),
        (
            {"products": [PRODUCT, {"sku": {"nested": 1}}]},
            "Missing or invalid: body.products.1.sku",
        ),
        ({"products": [PRODUCT] * 1001}, "Job has more than 1000 products"),
    ],
)
def test_invalid_job_is_refused(
    client: TestClient, body: dict[str, Any], message: str
) -> None:
    """The client learns what is wrong.

    Args:
        client: Client of the application.
        body: What the client sends.
        message: The message expected.
    """
    response = client.post(JOBS, json=body, headers=ACME)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert response.json()["error"]["message"] == message


@pytest.mark.parametrize(
    "product",
    [
        '{"sku": "\\u0000"}',
        '{"sku": "\\ud800"}',
        '{"a\\u0000": 1}',
        '{"price": NaN}',
        '{"a": 1e999}',
    ],
)
def test_what_the_database_cannot_hold_is_refused(
    client: TestClient, product: str
) -> None:
    """JSON knows values that a database does not.

    Args:
        client: Client of the application.
        product: A product with such a value.
    """
    body = '{"products": [' + product + "]}"
    headers = ACME | {"Content-Type": "application/json"}
    response = client.post(JOBS, content=body, headers=headers)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "body.products.0" in response.json()["error"]["message"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Seller-Id": "seller-7"},
        {"X-Tenant-Id": "acme"},
        {"X-Tenant-Id": "ACME!", "X-Seller-Id": "seller-7"},
    ],
)
def test_caller_has_to_be_known(client: TestClient, headers: dict[str, str]) -> None:
    """A change needs a tenant and a seller.

    Args:
        client: Client of the application.
        headers: Headers of the request.
    """
    response = client.post(JOBS, json={"products": [PRODUCT]}, headers=headers)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.mark.parametrize(
    "path", ["/not-a-uuid", f"/{uuid.UUID(int=0)}", "?limit=0", "?offset=-1"]
)
def test_invalid_address_is_refused(client: TestClient, path: str) -> None:
    """Path and query are validated as well.

    Args:
        client: Client of the application.
        path: The end of the address.
    """
    response = client.get(f"{JOBS}{path}", headers=ACME)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert response.headers[REQUEST_ID_HEADER]


def test_eager_tenant_has_to_wait(rate_limit: int, client: TestClient) -> None:
    """One tenant is told to wait while another is served.

    Args:
        rate_limit: How many requests a tenant may make at once.
        client: Client of the application.
    """
    for _ in range(rate_limit):
        assert client.get(JOBS, headers=ACME).status_code == HTTPStatus.OK
    response = client.get(JOBS, headers=ACME | {REQUEST_ID_HEADER: "abc-1"})
    assert response.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert int(response.headers["Retry-After"]) > 0
    assert response.headers[REQUEST_ID_HEADER] == "abc-1"
    assert response.json()["error"]["code"] == "too_many_requests"
    assert client.get(JOBS, headers=STRANGER).status_code == HTTPStatus.OK


def test_outage_is_not_a_defect(client: TestClient, mocker: MockerFixture) -> None:
    """When a dependency fails, the client may come back later.

    Args:
        client: Client of the application.
        mocker: Makes the dependency fail.
    """
    outage = ExternalServiceError("db.internal refuses connections")
    mocker.patch.object(JobService, "page", autospec=True, side_effect=outage)
    response = client.get(JOBS, headers=ACME)
    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "db.internal" not in response.text
