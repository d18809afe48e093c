"""The audit log in the SQL database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from opentelemetry import trace

from shop.adapters.database.tables import AuditEntryRow
from shop.domain.contracts import AuditTrail
from shop.domain.entities import AuditEntry
from shop.domain.value_objects import CustomerAction
from shop.infrastructure.moments import as_utc

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

tracer = trace.get_tracer(__name__)


class SQLAuditTrail(AuditTrail):
    """Remembers what was done, in the transaction in which it is done.

    Example:
        ```python
        import asyncio
        from uuid import uuid4

        from shop.adapters.database.tables import Base
        from shop.adapters.repositories.audit_trail import SQLAuditTrail
        from shop.domain.entities import AuditEntry
        from shop.domain.value_objects import Actor, CustomerAction, Role
        from shop.infrastructure.database import scratch_session


        async def read() -> list[str]:
            async with scratch_session(Base.metadata) as session:
                trail = SQLAuditTrail(session)
                actor, customer_id = Actor("ada", Role.AGENT), uuid4()
                await trail.append(
                    AuditEntry.of(actor, CustomerAction.CREATE, customer_id)
                )
                return [
                    it.action.value
                    for it in await trail.list_by_customer(customer_id)
                ]


        asyncio.run(read())
        # ['create']
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from uuid import uuid4
        >>> from shop.adapters.database.tables import Base
        >>> from shop.domain.entities import AuditEntry
        >>> from shop.domain.value_objects import Actor, CustomerAction, Role
        >>> from shop.infrastructure.database import scratch_session
        >>> async def read() -> list[str]:
        ...     async with scratch_session(Base.metadata) as session:
        ...         trail = SQLAuditTrail(session)
        ...         actor, customer_id = Actor("ada", Role.AGENT), uuid4()
        ...         await trail.append(
        ...             AuditEntry.of(actor, CustomerAction.CREATE, customer_id)
        ...         )
        ...         return [
        ...             it.action.value
        ...             for it in await trail.list_by_customer(customer_id)
        ...         ]
        >>> asyncio.run(read())
        ['create']

        -->
    """

    def __init__(self, session: AsyncSession) -> None:
        """Keep the session.

        Args:
            session (AsyncSession): Session of the transaction.

        Example:
            ```python
            import asyncio
            from uuid import uuid4

            from shop.adapters.database.tables import Base
            from shop.adapters.repositories.audit_trail import SQLAuditTrail
            from shop.infrastructure.database import scratch_session


            async def count() -> int:
                async with scratch_session(Base.metadata) as session:
                    trail = SQLAuditTrail(session)
                    return len(await trail.list_by_customer(uuid4()))


            asyncio.run(count())
            # 0
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import uuid4
            >>> from shop.adapters.database.tables import Base
            >>> from shop.infrastructure.database import scratch_session
            >>> async def count() -> int:
            ...     async with scratch_session(Base.metadata) as session:
            ...         trail = SQLAuditTrail(session)
            ...         return len(await trail.list_by_customer(uuid4()))
            >>> asyncio.run(count())
            0

            -->
        """
        self._session = session

    async def append(self, entry: AuditEntry) -> None:
        """Remember what was done.

        Args:
            entry (AuditEntry): What was done.

        Example:
            ```python
            import asyncio
            from uuid import uuid4

            from shop.adapters.database.tables import Base
            from shop.adapters.repositories.audit_trail import SQLAuditTrail
            from shop.domain.entities import AuditEntry
            from shop.domain.value_objects import Actor, CustomerAction, Role
            from shop.infrastructure.database import scratch_session


            async def remember() -> None:
                async with scratch_session(Base.metadata) as session:
                    trail = SQLAuditTrail(session)
                    actor = Actor("ada", Role.AGENT)
                    await trail.append(
                        AuditEntry.of(actor, CustomerAction.CREATE, uuid4())
                    )


            asyncio.run(remember())
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import uuid4
            >>> from shop.adapters.database.tables import Base
            >>> from shop.domain.entities import AuditEntry
            >>> from shop.domain.value_objects import Actor, CustomerAction, Role
            >>> from shop.infrastructure.database import scratch_session
            >>> async def remember() -> None:
            ...     async with scratch_session(Base.metadata) as session:
            ...         trail = SQLAuditTrail(session)
            ...         actor = Actor("ada", Role.AGENT)
            ...         await trail.append(
            ...             AuditEntry.of(actor, CustomerAction.CREATE, uuid4())
            ...         )
            >>> asyncio.run(remember())

            -->
        """
        row = AuditEntryRow(
            id=entry.id,
            customer_id=entry.customer_id,
            actor=entry.actor,
            action=entry.action.value,
            happened_at=entry.happened_at,
        )
        with tracer.start_as_current_span("audit_trail.append"):
            self._session.add(row)
            await self._session.flush()

    async def list_by_customer(self, customer_id: UUID) -> Sequence[AuditEntry]:
        """Read what was done to a customer.

        Args:
            customer_id (UUID): Identifier of the customer.

        Returns:
            Sequence[AuditEntry]: The entries, the oldest first.

        Example:
            ```python
            import asyncio
            from uuid import uuid4

            from shop.adapters.database.tables import Base
            from shop.adapters.repositories.audit_trail import SQLAuditTrail
            from shop.domain.entities import AuditEntry
            from shop.domain.value_objects import Actor, CustomerAction, Role
            from shop.infrastructure.database import scratch_session


            async def read() -> list[str]:
                async with scratch_session(Base.metadata) as session:
                    trail = SQLAuditTrail(session)
                    actor, customer_id = Actor("ada", Role.AGENT), uuid4()
                    await trail.append(
                        AuditEntry.of(actor, CustomerAction.CREATE, customer_id)
                    )
                    return [
                        it.action.value
                        for it in await trail.list_by_customer(customer_id)
                    ]


            asyncio.run(read())
            # ['create']
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import uuid4
            >>> from shop.adapters.database.tables import Base
            >>> from shop.domain.entities import AuditEntry
            >>> from shop.domain.value_objects import Actor, CustomerAction, Role
            >>> from shop.infrastructure.database import scratch_session
            >>> async def read() -> list[str]:
            ...     async with scratch_session(Base.metadata) as session:
            ...         trail = SQLAuditTrail(session)
            ...         actor, customer_id = Actor("ada", Role.AGENT), uuid4()
            ...         await trail.append(
            ...             AuditEntry.of(actor, CustomerAction.CREATE, customer_id)
            ...         )
            ...         return [
            ...             it.action.value
            ...             for it in await trail.list_by_customer(customer_id)
            ...         ]
            >>> asyncio.run(read())
            ['create']

            -->
        """
        statement = (
            sa.select(AuditEntryRow)
            .where(AuditEntryRow.customer_id == customer_id)
            .order_by(AuditEntryRow.happened_at, AuditEntryRow.id)
        )
        with tracer.start_as_current_span("audit_trail.list_by_customer"):
            rows = await self._session.scalars(statement)
            return [
                AuditEntry(
                    id=row.id,
                    customer_id=row.customer_id,
                    actor=row.actor,
                    action=CustomerAction(row.action),
                    happened_at=as_utc(row.happened_at),
                )
                for row in rows
            ]
