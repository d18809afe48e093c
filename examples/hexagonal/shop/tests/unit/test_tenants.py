"""Tests of the identifiers of tenants and sellers."""

from __future__ import annotations

import dataclasses

import pytest

from shop.domain.errors import ValidationError
from shop.domain.value_objects import IDENTIFIER_MAX_LENGTH, SellerId, TenantId


@pytest.mark.parametrize("text", ["acme", "7", "north-wind-2"])
def test_identifier_is_kept(text: str) -> None:
    """Equal texts identify the same tenant or seller.

    Args:
        text: A well-formed identifier.
    """
    assert TenantId(text) == TenantId(text)
    assert SellerId(text) == SellerId(text)


@pytest.mark.parametrize("text", ["", "ACME", "a b", "-acme", "acme-", "a--b", "a\n"])
def test_malformed_identifier_is_refused(text: str) -> None:
    """The message tells what is wrong, and does not repeat the text.

    Args:
        text: The malformed identifier.
    """
    with pytest.raises(ValidationError, match=r"^Tenant id is malformed$"):
        TenantId(text)
    with pytest.raises(ValidationError, match=r"^Seller id is malformed$"):
        SellerId(text)


def test_overlong_identifier_is_refused() -> None:
    """An identifier fits into its column."""
    with pytest.raises(ValidationError, match="longer than"):
        TenantId("a" * (IDENTIFIER_MAX_LENGTH + 1))


def test_identifier_cannot_be_changed() -> None:
    """A tenant stays the one it is."""
    tenant_id = TenantId("acme")
    name = dataclasses.fields(tenant_id)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(tenant_id, name, "evil")
