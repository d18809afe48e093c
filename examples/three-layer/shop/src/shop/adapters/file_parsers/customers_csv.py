"""Customers in files of comma-separated values."""

from __future__ import annotations

import asyncio
import csv
import io
import logging
from typing import TYPE_CHECKING, Final

from opentelemetry import trace

from shop.domain.contracts import CustomerSource
from shop.domain.errors import ValidationError
from shop.domain.value_objects import CustomerDraft

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

logger = logging.getLogger(__name__)
tracer = trace.get_tracer(__name__)

COLUMNS: Final = ("name", "email")


class CsvCustomerSource(CustomerSource):
    r"""Reads files whose first line names the columns ``name`` and ``email``.

    Example:
        ```python
        import asyncio
        import tempfile
        from pathlib import Path

        from shop.adapters.file_parsers.customers_csv import CsvCustomerSource

        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "customers.csv")
            size = file.write_text("name,email\nAda,ada@example.com\n", "utf-8")
            drafts = asyncio.run(CsvCustomerSource().read(file))

        len(drafts)
        # 1
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> import tempfile
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = Path(folder, "customers.csv")
        ...     size = file.write_text("name,email\nAda,ada@example.com\n", "utf-8")
        ...     drafts = asyncio.run(CsvCustomerSource().read(file))
        >>> len(drafts)
        1

        -->
    """

    async def read(self, path: Path) -> Sequence[CustomerDraft]:
        r"""Read all customers of a file.

        Args:
            path (Path): The file, in UTF-8.

        Raises:
            ValidationError: If it cannot be read, or is no table with these columns.

        Returns:
            Sequence[CustomerDraft]: The customers, as they stand there.

        Example:
            ```python
            import asyncio
            import tempfile
            from pathlib import Path

            from shop.adapters.file_parsers.customers_csv import CsvCustomerSource

            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder, "customers.csv")
                size = file.write_text("name,email\nAda,ada@example.com\n", "utf-8")
                drafts = asyncio.run(CsvCustomerSource().read(file))

            [(draft.line, draft.name) for draft in drafts]
            # [(2, 'Ada')]
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> import tempfile
            >>> from pathlib import Path
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     file = Path(folder, "customers.csv")
            ...     size = file.write_text("name,email\nAda,ada@example.com\n", "utf-8")
            ...     drafts = asyncio.run(CsvCustomerSource().read(file))
            >>> [(draft.line, draft.name) for draft in drafts]
            [(2, 'Ada')]

            -->
        """
        with tracer.start_as_current_span("customers_csv.read"):
            try:
                text = await asyncio.to_thread(path.read_text, "utf-8-sig")
            except (OSError, UnicodeDecodeError) as error:
                logger.warning("File cannot be read", exc_info=error)
                raise ValidationError(f"{path.name} cannot be read") from error
            return to_drafts(text)


def to_drafts(text: str) -> list[CustomerDraft]:
    r"""Translate a table.

    Args:
        text (str): The text of the table.

    Raises:
        ValidationError: If it is no table with the columns that are needed.

    Returns:
        list[CustomerDraft]: A draft for each row; further columns are left out, missing
            cells are empty.

    Example:
        ```python
        from shop.adapters.file_parsers.customers_csv import to_drafts

        to_drafts("email,name\nada@example.com,Ada\n")[0].name
        # 'Ada'
        ```

        <!-- As a doctest:
        >>> to_drafts("email,name\nada@example.com,Ada\n")[0].name
        'Ada'

        -->
    """
    rows = csv.DictReader(io.StringIO(text), strict=True)
    try:
        if missing := set(COLUMNS).difference(rows.fieldnames or ()):
            raise ValidationError(f"Missing columns: {', '.join(sorted(missing))}")
        return [
            CustomerDraft(
                line=rows.line_num, name=row["name"] or "", email=row["email"] or ""
            )
            for row in rows
        ]
    except csv.Error as error:
        raise ValidationError(f"After line {rows.line_num}: {error}") from error
