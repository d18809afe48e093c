"""Who has brought in whom, in the SQL database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from opentelemetry import trace
from sqlalchemy.exc import IntegrityError

from shop.adapters.database.tables import ReferralRow
from shop.domain.contracts import ReferralRepository
from shop.domain.errors import ConflictError
from shop.domain.relationships import Referral
from shop.infrastructure.moments import as_utc

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

tracer = trace.get_tracer(__name__)


class SQLReferralRepository(ReferralRepository):
    """Keeps relationships in a table of their own.

    Example:
        ```python
        import asyncio
        from uuid import uuid4

        from shop.adapters.database.tables import Base
        from shop.adapters.repositories.referrals import SQLReferralRepository
        from shop.domain.relationships import Referral
        from shop.infrastructure.database import scratch_session


        async def create() -> bool:
            async with scratch_session(Base.metadata) as session:
                repository = SQLReferralRepository(session)
                referral = Referral(referrer_id=uuid4(), referred_id=uuid4())
                return await repository.create(referral) == referral


        asyncio.run(create())
        # True
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from uuid import uuid4
        >>> from shop.adapters.database.tables import Base
        >>> from shop.domain.relationships import Referral
        >>> from shop.infrastructure.database import scratch_session
        >>> async def create() -> bool:
        ...     async with scratch_session(Base.metadata) as session:
        ...         repository = SQLReferralRepository(session)
        ...         referral = Referral(referrer_id=uuid4(), referred_id=uuid4())
        ...         return await repository.create(referral) == referral
        >>> asyncio.run(create())
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
            from uuid import uuid4

            from shop.adapters.database.tables import Base
            from shop.adapters.repositories.referrals import SQLReferralRepository
            from shop.infrastructure.database import scratch_session


            async def count() -> int:
                async with scratch_session(Base.metadata) as session:
                    repository = SQLReferralRepository(session)
                    return len(await repository.list_by_referrer(uuid4()))


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
            ...         repository = SQLReferralRepository(session)
            ...         return len(await repository.list_by_referrer(uuid4()))
            >>> asyncio.run(count())
            0

            -->
        """
        self._session = session

    async def create(self, referral: Referral) -> Referral:
        """Keep a new relationship.

        Args:
            referral (Referral): The relationship.

        Raises:
            ConflictError: If the customer was brought in by somebody already.

        Returns:
            Referral: The relationship as kept.

        Example:
            ```python
            import asyncio
            from uuid import uuid4

            from shop.adapters.database.tables import Base
            from shop.adapters.repositories.referrals import SQLReferralRepository
            from shop.domain.relationships import Referral
            from shop.infrastructure.database import scratch_session


            async def create() -> bool:
                async with scratch_session(Base.metadata) as session:
                    repository = SQLReferralRepository(session)
                    referral = Referral(referrer_id=uuid4(), referred_id=uuid4())
                    return await repository.create(referral) == referral


            asyncio.run(create())
            # True
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import uuid4
            >>> from shop.adapters.database.tables import Base
            >>> from shop.domain.relationships import Referral
            >>> from shop.infrastructure.database import scratch_session
            >>> async def create() -> bool:
            ...     async with scratch_session(Base.metadata) as session:
            ...         repository = SQLReferralRepository(session)
            ...         referral = Referral(referrer_id=uuid4(), referred_id=uuid4())
            ...         return await repository.create(referral) == referral
            >>> asyncio.run(create())
            True

            -->
        """
        row = ReferralRow(
            referred_id=referral.referred_id,
            referrer_id=referral.referrer_id,
            made_at=referral.made_at,
        )
        try:
            with tracer.start_as_current_span("referrals.create"):
                self._session.add(row)
                await self._session.flush()
        except IntegrityError:
            message = "The customer was referred already"
            raise ConflictError(message) from None
        return referral

    async def list_by_referrer(self, referrer_id: UUID) -> Sequence[Referral]:
        """Find out whom a customer has brought in.

        Args:
            referrer_id (UUID): Identifier of the customer.

        Returns:
            Sequence[Referral]: The relationships, the oldest first.

        Example:
            ```python
            import asyncio
            from uuid import uuid4

            from shop.adapters.database.tables import Base
            from shop.adapters.repositories.referrals import SQLReferralRepository
            from shop.domain.relationships import Referral
            from shop.infrastructure.database import scratch_session


            async def count() -> int:
                async with scratch_session(Base.metadata) as session:
                    repository = SQLReferralRepository(session)
                    referral = Referral(referrer_id=uuid4(), referred_id=uuid4())
                    await repository.create(referral)
                    return len(
                        await repository.list_by_referrer(referral.referrer_id)
                    )


            asyncio.run(count())
            # 1
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import uuid4
            >>> from shop.adapters.database.tables import Base
            >>> from shop.domain.relationships import Referral
            >>> from shop.infrastructure.database import scratch_session
            >>> async def count() -> int:
            ...     async with scratch_session(Base.metadata) as session:
            ...         repository = SQLReferralRepository(session)
            ...         referral = Referral(referrer_id=uuid4(), referred_id=uuid4())
            ...         await repository.create(referral)
            ...         return len(
            ...             await repository.list_by_referrer(referral.referrer_id)
            ...         )
            >>> asyncio.run(count())
            1

            -->
        """
        statement = (
            sa.select(ReferralRow)
            .where(ReferralRow.referrer_id == referrer_id)
            .order_by(ReferralRow.made_at, ReferralRow.referred_id)
        )
        with tracer.start_as_current_span("referrals.list_by_referrer"):
            rows = await self._session.scalars(statement)
            return [
                Referral(
                    referrer_id=row.referrer_id,
                    referred_id=row.referred_id,
                    made_at=as_utc(row.made_at),
                )
                for row in rows
            ]
