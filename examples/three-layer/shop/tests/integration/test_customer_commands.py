"""Tests of the commands around customers."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING

import pytest

from shop.__main__ import EXIT_FAILURE, EXIT_USAGE
from shop.infrastructure.configuration import ENV_PREFIX, get_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    type Run = Callable[..., tuple[int, str]]

pytestmark = [
    pytest.mark.integration,
    pytest.mark.usefixtures("logging_state", "database_schema"),
]


@pytest.fixture
def create(run: Run) -> Callable[[str], str]:
    """Provide a short way to make customers.

    Args:
        run (Run): Runs a command.

    Returns:
        Callable[[str], str]: A function that takes a name and gives the identifier.
    """

    def create_customer(name: str) -> str:
        """Make a customer.

        Args:
            name (str): The name.

        Returns:
            str: The identifier.
        """
        mail = f"{name.lower()}@example.com"
        code, text = run("customer", "create", "--name", name, "--email", mail)
        assert code == 0
        return str(uuid.UUID(text.strip()))

    return create_customer


def test_life_of_a_customer(run: Run, create: Callable[[str], str]) -> None:
    """A customer is made, led through the life cycle, and remembered.

    Args:
        run (Run): Runs a command.
        create (Callable[[str], str]): Makes a customer.
    """
    customer = create("Ada")
    for command, status in [
        ("show", "pending"),
        ("activate", "active"),
        ("suspend", "suspended"),
        ("close", "closed"),
        ("list", "closed"),
    ]:
        words = [command] if command == "list" else [command, customer]
        code, text = run("customer", *words)
        assert code == 0
        document = json.loads(text)
        assert document["id"] == customer
        assert document["email"] == "ada@example.com"
        assert document["status"] == status
    _, text = run("customer", "history", customer)
    entries = [json.loads(line) for line in text.splitlines()]
    assert {entry["actor"] for entry in entries} == {"operator"}
    assert [entry["action"] for entry in entries] == [
        "create",
        "activate",
        "suspend",
        "close",
    ]


def test_customers_are_related(run: Run, create: Callable[[str], str]) -> None:
    """Whom a customer has brought in is listed.

    Args:
        run (Run): Runs a command.
        create (Callable[[str], str]): Makes customers.
    """
    one, other = create("Ada"), create("Eve")
    assert run("customer", "refer", one, other)[0] == EXIT_FAILURE
    run("customer", "activate", one)
    assert run("customer", "refer", one, other) == (0, "")
    assert run("customer", "referred", one) == (0, f"{other}\n")


def test_address_is_taken_once(run: Run, create: Callable[[str], str]) -> None:
    """A script sees by the exit code that nobody was made.

    Args:
        run (Run): Runs a command.
        create (Callable[[str], str]): Makes a customer.
    """
    create("Ada")
    words = ["create", "--name", "Eve", "--email", "ADA@example.com"]
    assert run("customer", *words) == (EXIT_FAILURE, "")


@pytest.mark.parametrize(
    "words",
    [
        ["create", "--name", "Ada", "--email", "nobody"],
        ["create", "--name", " ", "--email", "ada@example.com"],
        ["create", "--name", "Ada"],
        ["show", "42"],
        ["list", "--offset", str(2**64)],
        ["import", "none.csv"],
        [],
    ],
)
def test_wrong_input_is_wrong_usage(run: Run, words: list[str]) -> None:
    """What cannot be right is refused before anything is opened.

    Args:
        run (Run): Runs a command.
        words (list[str]): What the user types.
    """
    assert run("customer", *words)[0] == EXIT_USAGE


def test_role_of_the_operator_counts(
    run: Run, monkeypatch: pytest.MonkeyPatch, create: Callable[[str], str]
) -> None:
    """The command line is bound by the policy as well.

    Args:
        run (Run): Runs a command.
        monkeypatch (pytest.MonkeyPatch): Changes the environment.
        create (Callable[[str], str]): Makes a customer.
    """
    customer = create("Ada")
    monkeypatch.setenv(f"{ENV_PREFIX}OPERATOR_ROLE", "viewer")
    get_settings.cache_clear()
    assert run("customer", "show", customer)[0] == 0
    assert run("customer", "close", customer) == (EXIT_FAILURE, "")


def test_file_is_imported(
    run: Run, pytestconfig: pytest.Config, tmp_path: Path
) -> None:
    """What was refused is told on standard error, and by the exit code.

    Args:
        run (Run): Runs a command.
        pytestconfig (pytest.Config): Knows the root of the project.
        tmp_path (Path): Where a further file goes.
    """
    good = tmp_path / "good.csv"
    good.write_text("name,email\nGrace Hopper,grace@example.com\n", "utf-8")
    assert run("customer", "import", str(good)) == (0, "created: 1\n")

    file = pytestconfig.rootpath / "tests/fixtures/customers.csv"
    assert run("customer", "import", str(file)) == (EXIT_FAILURE, "created: 2\n")
