"""Tests of files with customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shop.adapters.file_parsers.customers_csv import CsvCustomerSource
from shop.domain.errors import ValidationError

if TYPE_CHECKING:
    from pathlib import Path


class TestCsvCustomerSource:
    """A table is read as it stands, or refused as a whole."""

    async def test_rows_become_drafts(self, tmp_path: Path) -> None:
        """The order of columns does not matter, nor do further ones or quotes.

        Args:
            tmp_path (Path): An empty directory.
        """
        file = tmp_path / "customers.csv"
        text = 'city,email,name\nLondon,ada@example.com,"Lovelace,\nAda"\nRome,eve@x\n'
        file.write_text(text, "utf-8-sig")
        first, second = await CsvCustomerSource().read(file)
        assert (first.line, first.name, first.email) == (
            3,
            "Lovelace,\nAda",
            "ada@example.com",
        )
        assert (second.line, second.name, second.email) == (4, "", "eve@x")

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"", "Missing columns: email, name"),
            (b"name\nAda\n", "Missing columns: email"),
            (b'name,email\n"Ada,ada@example.com\n', "After line 1: "),
            (b"name,email\n\xff,\n", "cannot be read"),
        ],
    )
    async def test_other_files_are_refused(
        self, tmp_path: Path, content: bytes, reason: str
    ) -> None:
        """A file that is no table of customers is not taken for an empty one.

        Args:
            tmp_path (Path): An empty directory.
            content (bytes): What the file contains.
            reason (str): What has to be told.
        """
        file = tmp_path / "customers.csv"
        file.write_bytes(content)
        with pytest.raises(ValidationError, match=reason):
            await CsvCustomerSource().read(file)

    async def test_missing_file_is_reported(self, tmp_path: Path) -> None:
        """The path stays private, the name does not.

        Args:
            tmp_path (Path): An empty directory.
        """
        with pytest.raises(ValidationError, match=r"^none\.csv cannot be read$"):
            await CsvCustomerSource().read(tmp_path / "none.csv")
