"""Tests of the table of users."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

import main

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def session() -> Iterator[Session]:
    """Open a session on an empty database.

    Yields:
        The session.
    """
    SQLModel.metadata.create_all(main.get_engine())
    with Session(main.get_engine()) as session:
        yield session


def test_user_is_stored(session: Session) -> None:
    """A stored user has a number and is found by the address in any case.

    Args:
        session: Session on an empty database.
    """
    session.add(main.User(email="ada@example.com", name="Ada"))
    session.commit()
    user = main.find_user(session, "ADA@example.com")
    assert user is not None
    assert (user.id, user.name) == (1, "Ada")
    assert main.find_user(session, "' OR 1=1 --") is None


def test_address_is_unique(session: Session) -> None:
    """No two users share an address.

    Args:
        session: Session on an empty database.
    """
    session.add(main.User(email="ada@example.com", name="Ada"))
    session.add(main.User(email="ada@example.com", name="Eve"))
    with pytest.raises(IntegrityError):
        session.commit()
