"""A budget for the statements that an answer costs.

A benchmark would measure the machine, too. What makes answers slow once there is much
data, such as a query for each row, shows in the number of statements on any machine.
"""

from __future__ import annotations

import contextlib
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from tests.accounts import USERS, sign_up
from tests.orders import ORDERS, place_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi.testclient import TestClient

pytestmark = pytest.mark.usefixtures("patient_queue")

ORDERS_TO_PLACE = 5


@contextlib.contextmanager
def noted_statements() -> Iterator[list[str]]:
    """Note the statements that are executed meanwhile.

    Yields:
        The statements so far.
    """
    statements: list[str] = []

    def note(_: sa.Connection, __: object, statement: str, *___: object) -> None:
        """Note a statement.

        Args:
            _: Where it is executed.
            __: By what.
            statement: The statement.
            *___: Its parameters and circumstances.
        """
        statements.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    ("path", "budget"), [("/health", 2), (ORDERS, 2), (f"{USERS}/1", 3)]
)
def test_statements_stay_in_the_budget(
    client: TestClient, path: str, budget: int
) -> None:
    """The number of statements does not follow the number of rows.

    Args:
        client: Client of the application.
        path: Path to ask for.
        budget: How many statements the answer may cost.
    """
    ada = sign_up(client, "ada@example.com")
    for _ in range(ORDERS_TO_PLACE):
        place_order(client, ada)
    with noted_statements() as statements:
        response = client.get(path, headers=ada)
    assert response.status_code == HTTPStatus.OK
    assert 0 < len(statements) <= budget
