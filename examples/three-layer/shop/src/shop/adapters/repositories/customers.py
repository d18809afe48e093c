"""Customers in the SQL database."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import sqlalchemy as sa
from opentelemetry import trace
from sqlalchemy.exc import IntegrityError

from shop.adapters.database.tables import CustomerRow
from shop.domain.contracts import CustomerRepository
from shop.domain.entities import Customer
from shop.domain.errors import ConflictError
from shop.domain.value_objects import CustomerStatus, EmailAddress
from shop.infrastructure.moments import as_utc

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

tracer = trace.get_tracer(__name__)


class SQLCustomerRepository(CustomerRepository):
    """Keeps customers in a table; whoever opened the session ends the transaction.

    Example:
        ```python
        import asyncio

        from shop.adapters.database.tables import Base
        from shop.adapters.repositories.customers import SQLCustomerRepository
        from shop.domain.entities import Customer
        from shop.infrastructure.database import scratch_session


        async def find() -> bool:
            async with scratch_session(Base.metadata) as session:
                repository = SQLCustomerRepository(session)
                created = await repository.create(
                    Customer.register("Ada", "ada@example.com")
                )
                return await repository.get_by_id(created.id) == created


        asyncio.run(find())
        # True
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from shop.adapters.database.tables import Base
        >>> from shop.domain.entities import Customer
        >>> from shop.infrastructure.database import scratch_session
        >>> async def find() -> bool:
        ...     async with scratch_session(Base.metadata) as session:
        ...         repository = SQLCustomerRepository(session)
        ...         created = await repository.create(
        ...             Customer.register("Ada", "ada@example.com")
        ...         )
        ...         return await repository.get_by_id(created.id) == created
        >>> asyncio.run(find())
        True

        -->
    """

    def __init__(self, session: AsyncSession) -> None:
        """Keep the session.

        Args:
            session (AsyncSession): Session of the transaction.

        Example:
            ```python
            import asyncio

            from shop.adapters.database.tables import Base
            from shop.adapters.repositories.customers import SQLCustomerRepository
            from shop.infrastructure.database import scratch_session


            async def count() -> int:
                async with scratch_session(Base.metadata) as session:
                    repository = SQLCustomerRepository(session)
                    return len(await repository.list_page(10, 0))


            asyncio.run(count())
            # 0
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.adapters.database.tables import Base
            >>> from shop.infrastructure.database import scratch_session
            >>> async def count() -> int:
            ...     async with scratch_session(Base.metadata) as session:
            ...         repository = SQLCustomerRepository(session)
            ...         return len(await repository.list_page(10, 0))
            >>> asyncio.run(count())
            0

            -->
        """
        self._session = session

    async def get_by_id(self, customer_id: UUID) -> Customer | None:
        """Find a customer.

        Args:
            customer_id (UUID): Identifier of the customer.

        Returns:
            Customer | None: The customer, or nothing if there is none.

        Example:
            ```python
            import asyncio

            from shop.adapters.database.tables import Base
            from shop.adapters.repositories.customers import SQLCustomerRepository
            from shop.domain.entities import Customer
            from shop.infrastructure.database import scratch_session


            async def find() -> bool:
                async with scratch_session(Base.metadata) as session:
                    repository = SQLCustomerRepository(session)
                    created = await repository.create(
                        Customer.register("Ada", "ada@example.com")
                    )
                    return await repository.get_by_id(created.id) == created


            asyncio.run(find())
            # True
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.adapters.database.tables import Base
            >>> from shop.domain.entities import Customer
            >>> from shop.infrastructure.database import scratch_session
            >>> async def find() -> bool:
            ...     async with scratch_session(Base.metadata) as session:
            ...         repository = SQLCustomerRepository(session)
            ...         created = await repository.create(
            ...             Customer.register("Ada", "ada@example.com")
            ...         )
            ...         return await repository.get_by_id(created.id) == created
            >>> asyncio.run(find())
            True

            -->
        """
        with tracer.start_as_current_span("customers.get_by_id"):
            row = await self._session.get(CustomerRow, customer_id)
        return None if row is None else to_entity(row)

    async def create(self, customer: Customer) -> Customer:
        """Keep a new customer.

        Args:
            customer (Customer): The customer.

        Raises:
            ConflictError: If somebody else has the e-mail address.

        Returns:
            Customer: The customer as kept.

        Example:
            ```python
            import asyncio

            from shop.adapters.database.tables import Base
            from shop.adapters.repositories.customers import SQLCustomerRepository
            from shop.domain.entities import Customer
            from shop.infrastructure.database import scratch_session


            async def create() -> str:
                async with scratch_session(Base.metadata) as session:
                    repository = SQLCustomerRepository(session)
                    created = await repository.create(
                        Customer.register("Ada", "ada@example.com")
                    )
                    return created.name


            asyncio.run(create())
            # 'Ada'
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.adapters.database.tables import Base
            >>> from shop.domain.entities import Customer
            >>> from shop.infrastructure.database import scratch_session
            >>> async def create() -> str:
            ...     async with scratch_session(Base.metadata) as session:
            ...         repository = SQLCustomerRepository(session)
            ...         created = await repository.create(
            ...             Customer.register("Ada", "ada@example.com")
            ...         )
            ...         return created.name
            >>> asyncio.run(create())
            'Ada'

            -->
        """
        with tracer.start_as_current_span("customers.create"), refused_duplicates():
            self._session.add(to_row(customer))
            await self._session.flush()
        return customer

    async def update(self, customer: Customer, previous: Customer) -> Customer:
        """Replace what is kept about a customer.

        Args:
            customer (Customer): The customer with the new data.
            previous (Customer): The customer as read before the change.

        Raises:
            ConflictError: If somebody else has the e-mail address, or has changed the
                customer meanwhile.

        Returns:
            Customer: The customer as kept.

        Example:
            ```python
            import asyncio

            from shop.adapters.database.tables import Base
            from shop.adapters.repositories.customers import SQLCustomerRepository
            from shop.domain.entities import Customer
            from shop.domain.value_objects import CustomerStatus
            from shop.infrastructure.database import scratch_session


            async def update() -> str:
                async with scratch_session(Base.metadata) as session:
                    repository = SQLCustomerRepository(session)
                    created = await repository.create(
                        Customer.register("Ada", "ada@example.com")
                    )
                    active = created.move_to(CustomerStatus.ACTIVE)
                    return (await repository.update(active, created)).status.value


            asyncio.run(update())
            # 'active'
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.adapters.database.tables import Base
            >>> from shop.domain.entities import Customer
            >>> from shop.domain.value_objects import CustomerStatus
            >>> from shop.infrastructure.database import scratch_session
            >>> async def update() -> str:
            ...     async with scratch_session(Base.metadata) as session:
            ...         repository = SQLCustomerRepository(session)
            ...         created = await repository.create(
            ...             Customer.register("Ada", "ada@example.com")
            ...         )
            ...         active = created.move_to(CustomerStatus.ACTIVE)
            ...         return (await repository.update(active, created)).status.value
            >>> asyncio.run(update())
            'active'

            -->
        """
        statement = (
            sa.update(CustomerRow)
            .where(
                CustomerRow.id == previous.id,
                CustomerRow.name == previous.name,
                CustomerRow.email == previous.email.value,
                CustomerRow.status == previous.status.value,
            )
            .values(
                name=customer.name,
                email=customer.email.value,
                status=customer.status.value,
            )
            .returning(CustomerRow.id)
        )
        with tracer.start_as_current_span("customers.update"), refused_duplicates():
            changed = await self._session.scalar(statement)
        if changed is None:
            message = "The customer was changed by somebody else meanwhile"
            raise ConflictError(message)
        return customer

    async def list_page(self, limit: int, offset: int) -> Sequence[Customer]:
        """Read a part of all customers, the oldest first.

        Args:
            limit (int): How many customers to read at most.
            offset (int): How many customers to leave out.

        Returns:
            Sequence[Customer]: The customers.

        Example:
            ```python
            import asyncio

            from shop.adapters.database.tables import Base
            from shop.adapters.repositories.customers import SQLCustomerRepository
            from shop.domain.entities import Customer
            from shop.infrastructure.database import scratch_session


            async def list_names() -> list[str]:
                async with scratch_session(Base.metadata) as session:
                    repository = SQLCustomerRepository(session)
                    await repository.create(
                        Customer.register("Ada", "ada@example.com")
                    )
                    await repository.create(
                        Customer.register("Eve", "eve@example.com")
                    )
                    return [it.name for it in await repository.list_page(10, 1)]


            asyncio.run(list_names())
            # ['Eve']
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.adapters.database.tables import Base
            >>> from shop.domain.entities import Customer
            >>> from shop.infrastructure.database import scratch_session
            >>> async def list_names() -> list[str]:
            ...     async with scratch_session(Base.metadata) as session:
            ...         repository = SQLCustomerRepository(session)
            ...         await repository.create(
            ...             Customer.register("Ada", "ada@example.com")
            ...         )
            ...         await repository.create(
            ...             Customer.register("Eve", "eve@example.com")
            ...         )
            ...         return [it.name for it in await repository.list_page(10, 1)]
            >>> asyncio.run(list_names())
            ['Eve']

            -->
        """
        statement = (
            sa.select(CustomerRow)
            .order_by(CustomerRow.created_at, CustomerRow.id)
            .limit(limit)
            .offset(offset)
        )
        with tracer.start_as_current_span("customers.list_page"):
            rows = await self._session.scalars(statement)
            return [to_entity(row) for row in rows]


@contextlib.contextmanager
def refused_duplicates() -> Iterator[None]:
    """Translate what the database says about a second use of an address.

    Its own text is dropped, for it repeats the address.

    Raises:
        ConflictError: If somebody else has the e-mail address.

    Yields:
        None: Nothing; the change is made meanwhile.

    Example:
        ```python
        from sqlalchemy.exc import IntegrityError

        from shop.adapters.repositories.customers import refused_duplicates
        from shop.domain.errors import ConflictError

        try:
            with refused_duplicates():
                raise IntegrityError(
                    "INSERT", None, Exception("UNIQUE constraint failed")
                )
        except ConflictError as error:
            print(error)
        # E-mail address is in use
        ```

        <!-- As a doctest:
        >>> from shop.domain.errors import ConflictError
        >>> try:
        ...     with refused_duplicates():
        ...         raise IntegrityError(
        ...             "INSERT", None, Exception("UNIQUE constraint failed")
        ...         )
        ... except ConflictError as error:
        ...     print(error)
        E-mail address is in use

        -->
    """
    try:
        yield
    except IntegrityError:
        message = "E-mail address is in use"
        raise ConflictError(message) from None


def to_row(customer: Customer) -> CustomerRow:
    """Translate an entity.

    Args:
        customer (Customer): The entity.

    Returns:
        CustomerRow: The row.

    Example:
        ```python
        from shop.adapters.repositories.customers import to_row
        from shop.domain.entities import Customer

        to_row(Customer.register("Ada", "Ada@example.com")).email
        # 'ada@example.com'
        ```

        <!-- As a doctest:
        >>> to_row(Customer.register("Ada", "Ada@example.com")).email
        'ada@example.com'

        -->
    """
    return CustomerRow(
        id=customer.id,
        name=customer.name,
        email=customer.email.value,
        status=customer.status.value,
        created_at=customer.created_at,
    )


def to_entity(row: CustomerRow) -> Customer:
    """Translate a row.

    Args:
        row (CustomerRow): The row.

    Returns:
        Customer: The entity.

    Example:
        ```python
        from shop.adapters.repositories.customers import to_entity, to_row
        from shop.domain.entities import Customer

        customer = Customer.register("Ada", "ada@example.com")
        to_entity(to_row(customer)) == customer
        # True
        ```

        <!-- As a doctest:
        >>> customer = Customer.register("Ada", "ada@example.com")
        >>> to_entity(to_row(customer)) == customer
        True

        -->
    """
    return Customer(
        id=row.id,
        name=row.name,
        email=EmailAddress(row.email),
        status=CustomerStatus(row.status),
        created_at=as_utc(row.created_at),
    )
