"""Test that the application keeps to the contract that it publishes."""

from __future__ import annotations

from collections import defaultdict
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import hypothesis
import pytest
import schemathesis
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from shop.api.app import create_app
from tests.accounts import register, sign_up_admin
from tests.orders import place_order

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from shop.core.config import Settings

pytestmark = pytest.mark.usefixtures("patient_queue")

# How many endpoints there are at least; it would be easy to compare nothing.
OPERATIONS: Final = 15
# What refuses invented credentials; everything else has to let the administrator in.
SIGN_INS: Final = {
    "POST /api/v1/login",
    "POST /api/v1/refresh",
    "POST /api/v1/token",
}
PATIENCE_SECONDS: Final = 60
EXAMPLES: Final = hypothesis.settings(
    max_examples=5, deadline=None, derandomize=True, database=None
)
CHECKS: list[schemathesis.CheckFunction] = [
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
]


@pytest.fixture
def contract(settings: Settings) -> schemathesis.BaseSchema:
    """Read the contract.

    Args:
        settings: Settings of the application.

    Returns:
        The contract, and the application to compare it with.
    """
    patient = settings.model_copy(update={"rate_limit_requests": 10_000})
    return schemathesis.openapi.from_asgi("/openapi.json", create_app(patient))


@pytest.fixture
def administrator(client: TestClient, settings: Settings) -> dict[str, str]:
    """Provide somebody who may do everything, somebody else, and an order.

    Args:
        client: Client of the application.
        settings: Settings of the application.

    Returns:
        Headers with the token of the user.
    """
    register(client, "ada@example.com")
    headers = sign_up_admin(client, settings)
    place_order(client, headers)
    return headers


def test_answers_keep_to_the_contract(
    contract: schemathesis.BaseSchema, administrator: dict[str, str]
) -> None:
    """Every answer has a status, a type and a form that the contract names.

    Args:
        contract: The contract, and the application to compare it with.
        administrator: Headers with the token of the user.
    """
    results = contract.get_all_operations()
    operations = [result.ok() for result in results if isinstance(result, Ok)]
    assert len(operations) >= OPERATIONS
    # Changes of users may hit the administrator, so they come last.
    operations.sort(key=lambda operation: operation.method in {"patch", "delete"})
    statuses: defaultdict[str, set[int]] = defaultdict(set)
    for operation in operations:

        @EXAMPLES
        @hypothesis.given(case=operation.as_strategy())
        def compare(case: schemathesis.Case[Any]) -> None:
            """Send one request.

            Args:
                case: A request that the contract allows.
            """
            response = case.call_and_validate(
                headers=administrator, checks=CHECKS, timeout=PATIENCE_SECONDS
            )
            statuses[case.operation.label].add(response.status_code)

        compare()
    refusal = {HTTPStatus.UNAUTHORIZED}
    assert {label for label, seen in statuses.items() if seen == refusal} <= SIGN_INS
