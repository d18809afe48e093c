"""Commands around customers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TypedDict
from uuid import UUID

import typer
from typing_extensions import ReadOnly

from shop.cli.utils import checked, import_customers, use_customers
from shop.domain.rules import clean_name
from shop.domain.value_objects import CustomerAction, EmailAddress

if TYPE_CHECKING:
    from shop.domain.entities import Customer
    from shop.domain.value_objects import LifecycleStep

PAGE_LIMIT: Final = 1000
# The largest number that every database takes.
LAST_OFFSET: Final = 2**31 - 1

app = typer.Typer(help="Create customers and look after them.", no_args_is_help=True)

NameOption = Annotated[
    str, typer.Option(help="Name of the customer.", callback=checked(clean_name))
]
EmailOption = Annotated[
    str, typer.Option(help="E-mail address.", callback=checked(EmailAddress.parse))
]
CustomerArgument = Annotated[UUID, typer.Argument(help="Identifier of the customer.")]
ReferrerArgument = Annotated[UUID, typer.Argument(help="Who has brought in the other.")]
ReferredArgument = Annotated[UUID, typer.Argument(help="Who was brought in.")]
LimitOption = Annotated[
    int, typer.Option(min=1, max=PAGE_LIMIT, help="How many to list at most.")
]
OffsetOption = Annotated[
    int, typer.Option(min=0, max=LAST_OFFSET, help="How many to leave out.")
]
FileArgument = Annotated[
    Path,
    typer.Argument(
        help="CSV with the columns name and email.", exists=True, dir_okay=False
    ),
]


class CustomerDocument(TypedDict):
    """A customer as scripts read it.

    Attributes:
        id: Identifier that never changes.
        name: Name to address the customer with.
        email: Address to write to.
        status: Where the customer stands in the life cycle.
        created_at: Moment at which the customer became known, in ISO 8601.

    Example:
        ```python
        from shop.cli.commands.customers import CustomerDocument, document
        from shop.domain.entities import Customer

        kept: CustomerDocument = document(
            Customer.register("Ada", "ada@example.com")
        )
        sorted(kept)
        # ['created_at', 'email', 'id', 'name', 'status']
        ```

        <!-- As a doctest:
        >>> from shop.domain.entities import Customer
        >>> kept: CustomerDocument = document(
        ...     Customer.register("Ada", "ada@example.com")
        ... )
        >>> sorted(kept)
        ['created_at', 'email', 'id', 'name', 'status']

        -->
    """

    id: ReadOnly[str]
    name: ReadOnly[str]
    email: ReadOnly[str]
    status: ReadOnly[str]
    created_at: ReadOnly[str]


def document(customer: Customer) -> CustomerDocument:
    """Put a customer into the form that scripts read.

    Args:
        customer (Customer): The customer.

    Returns:
        CustomerDocument: The document.

    Example:
        ```python
        from shop.cli.commands.customers import document
        from shop.domain.entities import Customer

        document(Customer.register("Ada", "ada@example.com"))["status"]
        # 'pending'
        ```

        <!-- As a doctest:
        >>> from shop.domain.entities import Customer
        >>> document(Customer.register("Ada", "ada@example.com"))["status"]
        'pending'

        -->
    """
    return {
        "id": str(customer.id),
        "name": customer.name,
        "email": customer.email.value,
        "status": customer.status.value,
        "created_at": customer.created_at.isoformat(),
    }


def show(customer: Customer) -> None:
    """Write a customer as one line of JSON.

    Args:
        customer (Customer): The customer.

    Example:
        ```python
        import datetime as dt
        from uuid import UUID

        from shop.cli.commands.customers import show
        from shop.domain.entities import Customer
        from shop.domain.value_objects import EmailAddress

        show(
            Customer(
                id=UUID(int=1),
                name="Ada",
                email=EmailAddress("ada@example.com"),
                created_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
            )
        )
        # {"id": "00000000-0000-0000-0000-000000000001", "name": "Ada", ...}
        ```

        <!-- As a doctest:
        >>> import datetime as dt
        >>> from shop.domain.entities import Customer
        >>> show(
        ...     Customer(
        ...         id=UUID(int=1),
        ...         name="Ada",
        ...         email=EmailAddress("ada@example.com"),
        ...         created_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        ...     )
        ... )
        {"id": "00000000-0000-0000-0000-000000000001", "name": "Ada", ...}

        -->
    """
    typer.echo(json.dumps(document(customer)))


def advance(customer_id: UUID, step: LifecycleStep) -> None:
    """Lead a customer a step through the life cycle, and show the outcome.

    Args:
        customer_id (UUID): Identifier of the customer.
        step (LifecycleStep): The step.

    Example:
        ```python
        import os
        from unittest import mock
        from uuid import UUID

        from shop.cli.commands.customers import advance
        from shop.domain.errors import ForbiddenError
        from shop.domain.value_objects import CustomerAction
        from shop.infrastructure.configuration import get_settings

        variables = {
            "SHOP_DATABASE_URL": "sqlite+aiosqlite:///shop.sqlite3",
            "SHOP_OPERATOR_ROLE": "viewer",
        }
        get_settings.cache_clear()
        with mock.patch.dict(os.environ, variables):
            try:
                advance(UUID(int=1), CustomerAction.CLOSE)
            except ForbiddenError as error:
                message = str(error)
        get_settings.cache_clear()
        message
        # 'To close customers takes the role manager, not viewer'
        ```

        <!-- As a doctest:
        >>> import os
        >>> from unittest import mock
        >>> from shop.domain.errors import ForbiddenError
        >>> from shop.infrastructure.configuration import get_settings
        >>> variables = {
        ...     "SHOP_DATABASE_URL": "sqlite+aiosqlite:///shop.sqlite3",
        ...     "SHOP_OPERATOR_ROLE": "viewer",
        ... }
        >>> get_settings.cache_clear()
        >>> with mock.patch.dict(os.environ, variables):
        ...     try:
        ...         advance(UUID(int=1), CustomerAction.CLOSE)
        ...     except ForbiddenError as error:
        ...         message = str(error)
        >>> get_settings.cache_clear()
        >>> message
        'To close customers takes the role manager, not viewer'

        -->
    """
    show(use_customers(lambda it: it.service.advance_customer(customer_id, step)))


@app.command("create", help="Create a customer, and show the identifier.")
def create_customer(name: NameOption, email: EmailOption) -> None:
    """Create a customer.

    Args:
        name (NameOption): The name.
        email (EmailOption): The e-mail address.

    Example:
        ```python
        from typer.testing import CliRunner

        from shop.cli.commands.customers import app

        outcome = CliRunner().invoke(
            app, ["create", "--name", "Ada", "--email", "nobody"]
        )
        print(outcome.exit_code)
        # 2
        ```

        <!-- As a doctest:
        >>> from typer.testing import CliRunner
        >>> outcome = CliRunner().invoke(
        ...     app, ["create", "--name", "Ada", "--email", "nobody"]
        ... )
        >>> print(outcome.exit_code)
        2

        -->
    """
    customer = use_customers(lambda it: it.service.create_customer(name, email))
    typer.echo(customer.id)


@app.command("show", help="Show a customer as JSON.")
def show_customer(customer_id: CustomerArgument) -> None:
    """Show a customer.

    Args:
        customer_id (CustomerArgument): Identifier of the customer.

    Example:
        ```python
        from typer.testing import CliRunner

        from shop.cli.commands.customers import app

        outcome = CliRunner().invoke(app, ["show", "42"])
        print(outcome.exit_code)
        # 2
        ```

        <!-- As a doctest:
        >>> from typer.testing import CliRunner
        >>> outcome = CliRunner().invoke(app, ["show", "42"])
        >>> print(outcome.exit_code)
        2

        -->
    """
    show(use_customers(lambda it: it.queries.get_customer(customer_id)))


@app.command("list", help="List customers as JSON, one a line, the oldest first.")
def list_customers(limit: LimitOption = 100, offset: OffsetOption = 0) -> None:
    """List customers.

    Args:
        limit (LimitOption): How many customers to list at most.
        offset (OffsetOption): How many customers to leave out.

    Example:
        ```python
        from typer.testing import CliRunner

        from shop.cli.commands.customers import app

        outcome = CliRunner().invoke(app, ["list", "--limit", "0"])
        print(outcome.exit_code)
        # 2
        ```

        <!-- As a doctest:
        >>> from typer.testing import CliRunner
        >>> outcome = CliRunner().invoke(app, ["list", "--limit", "0"])
        >>> print(outcome.exit_code)
        2

        -->
    """
    for customer in use_customers(lambda it: it.queries.list_customers(limit, offset)):
        show(customer)


@app.command("activate", help="Begin or resume business with a customer.")
def activate_customer(customer_id: CustomerArgument) -> None:
    """Activate a customer.

    Args:
        customer_id (CustomerArgument): Identifier of the customer.

    Example:
        ```python
        from typer.testing import CliRunner

        from shop.cli.commands.customers import app

        outcome = CliRunner().invoke(app, ["activate", "42"])
        print(outcome.exit_code)
        # 2
        ```

        <!-- As a doctest:
        >>> from typer.testing import CliRunner
        >>> outcome = CliRunner().invoke(app, ["activate", "42"])
        >>> print(outcome.exit_code)
        2

        -->
    """
    advance(customer_id, CustomerAction.ACTIVATE)


@app.command("suspend", help="Pause business with a customer.")
def suspend_customer(customer_id: CustomerArgument) -> None:
    """Suspend a customer.

    Args:
        customer_id (CustomerArgument): Identifier of the customer.

    Example:
        ```python
        from typer.testing import CliRunner

        from shop.cli.commands.customers import app

        outcome = CliRunner().invoke(app, ["suspend", "42"])
        print(outcome.exit_code)
        # 2
        ```

        <!-- As a doctest:
        >>> from typer.testing import CliRunner
        >>> outcome = CliRunner().invoke(app, ["suspend", "42"])
        >>> print(outcome.exit_code)
        2

        -->
    """
    advance(customer_id, CustomerAction.SUSPEND)


@app.command("close", help="End business with a customer for good.")
def close_customer(customer_id: CustomerArgument) -> None:
    """Close a customer.

    Args:
        customer_id (CustomerArgument): Identifier of the customer.

    Example:
        ```python
        from typer.testing import CliRunner

        from shop.cli.commands.customers import app

        outcome = CliRunner().invoke(app, ["close", "42"])
        print(outcome.exit_code)
        # 2
        ```

        <!-- As a doctest:
        >>> from typer.testing import CliRunner
        >>> outcome = CliRunner().invoke(app, ["close", "42"])
        >>> print(outcome.exit_code)
        2

        -->
    """
    advance(customer_id, CustomerAction.CLOSE)


@app.command("refer", help="Record that one customer has brought in another.")
def refer_customer(
    referrer_id: ReferrerArgument, referred_id: ReferredArgument
) -> None:
    """Record that one customer has brought in another.

    Args:
        referrer_id (ReferrerArgument): Who has brought in the other.
        referred_id (ReferredArgument): Who was brought in.

    Example:
        ```python
        from typer.testing import CliRunner

        from shop.cli.commands.customers import app

        outcome = CliRunner().invoke(app, ["refer", "42", "43"])
        print(outcome.exit_code)
        # 2
        ```

        <!-- As a doctest:
        >>> from typer.testing import CliRunner
        >>> outcome = CliRunner().invoke(app, ["refer", "42", "43"])
        >>> print(outcome.exit_code)
        2

        -->
    """
    use_customers(lambda it: it.referrals.refer(referrer_id, referred_id))


@app.command(
    "referred", help="List the identifiers of those whom a customer has brought in."
)
def list_referred(customer_id: CustomerArgument) -> None:
    """List whom a customer has brought in.

    Args:
        customer_id (CustomerArgument): Identifier of the customer.

    Example:
        ```python
        from typer.testing import CliRunner

        from shop.cli.commands.customers import app

        outcome = CliRunner().invoke(app, ["referred", "42"])
        print(outcome.exit_code)
        # 2
        ```

        <!-- As a doctest:
        >>> from typer.testing import CliRunner
        >>> outcome = CliRunner().invoke(app, ["referred", "42"])
        >>> print(outcome.exit_code)
        2

        -->
    """
    for referral in use_customers(lambda it: it.referrals.list_referred(customer_id)):
        typer.echo(referral.referred_id)


@app.command(
    "history", help="Show as JSON who did what to a customer, the oldest first."
)
def show_history(customer_id: CustomerArgument) -> None:
    """Show the audit log of a customer.

    Args:
        customer_id (CustomerArgument): Identifier of the customer.

    Example:
        ```python
        from typer.testing import CliRunner

        from shop.cli.commands.customers import app

        outcome = CliRunner().invoke(app, ["history", "42"])
        print(outcome.exit_code)
        # 2
        ```

        <!-- As a doctest:
        >>> from typer.testing import CliRunner
        >>> outcome = CliRunner().invoke(app, ["history", "42"])
        >>> print(outcome.exit_code)
        2

        -->
    """
    for entry in use_customers(lambda it: it.queries.read_history(customer_id)):
        record = {
            "happened_at": entry.happened_at.isoformat(),
            "actor": entry.actor,
            "action": entry.action.value,
        }
        typer.echo(json.dumps(record))


@app.command("import", help="Create customers from a file.")
def import_file(file: FileArgument) -> None:
    """Create customers from a file.

    Args:
        file (FileArgument): The file.

    Raises:
        Exit: If some of them were refused.

    Example:
        ```python
        from typer.testing import CliRunner

        from shop.cli.commands.customers import app

        outcome = CliRunner().invoke(app, ["import", "none.csv"])
        print(outcome.exit_code)
        # 2
        ```

        <!-- As a doctest:
        >>> from typer.testing import CliRunner
        >>> outcome = CliRunner().invoke(app, ["import", "none.csv"])
        >>> print(outcome.exit_code)
        2

        -->
    """
    report = import_customers(file)
    typer.echo(f"created: {report.created}")
    for draft in report.rejected:
        typer.echo(f"line {draft.line}: {'; '.join(draft.reasons)}", err=True)
    if report.rejected:
        raise typer.Exit(1)
