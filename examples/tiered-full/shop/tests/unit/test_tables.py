"""Tests of what all tables share."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel.sql.sqltypes import AutoString

from shop.models.base import UtcDateTime, render_type


def test_migrations_name_types_of_sqlalchemy() -> None:
    """A migration needs no import but SQLAlchemy, whatever the tables use."""
    assert render_type("type", AutoString(50), None) == "sa.String(length=50)"
    assert render_type("type", UtcDateTime(), None) == "sa.DateTime(timezone=True)"
    assert render_type("type", sa.Integer(), None) is False
    assert render_type("column", sa.Column("id"), None) is False
