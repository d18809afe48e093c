"""Signing in."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from shop.core.security import (
    TokenUse,
    create_access_token,
    create_refresh_token,
    read_subject,
    verify_password,
)

if TYPE_CHECKING:
    from shop.core.security import TokenRules
    from shop.models.user import User
    from shop.repositories.user_repository import UserRepository

logger = logging.getLogger(__name__)


class AuthService:
    """Tells who somebody is, by password or by token."""

    def __init__(self, user_repo: UserRepository, rules: TokenRules) -> None:
        """Keep what is needed.

        Args:
            user_repo: Keeps the users.
            rules: How tokens are made.
        """
        self._user_repo = user_repo
        self._rules = rules

    async def authenticate(self, email: str, password: str) -> User | None:
        """Check an e-mail address and a password.

        Args:
            email: The address as typed.
            password: The password as typed.

        Returns:
            The user whom they belong to, or nothing.
        """
        user = await self._active(email)
        hashed_password = user.hashed_password if user else None
        # In a thread, because it keeps a processor busy for a while.
        verified = await asyncio.to_thread(verify_password, password, hashed_password)
        if not verified:
            logger.warning("Login refused")
            return None
        return user

    def create_access_token(self, user: User) -> str:
        """Make a token that opens the interface for a short time.

        Args:
            user: The user.

        Returns:
            The token.
        """
        return create_access_token({"sub": user.email}, self._rules)

    def create_refresh_token(self, user: User) -> str:
        """Make a token that can be exchanged for new tokens.

        Args:
            user: The user.

        Returns:
            The token.
        """
        return create_refresh_token({"sub": user.email}, self._rules)

    async def identify(
        self, token: str, use: TokenUse = TokenUse.ACCESS
    ) -> User | None:
        """Find the user whom a token names.

        Args:
            token: The token.
            use: What the token has to be good for.

        Returns:
            The user, or nothing if the token is not valid or there is no such user.
        """
        email = read_subject(token, use, self._rules.key)
        return None if email is None else await self._active(email)

    async def _active(self, email: str) -> User | None:
        """Find a user who may sign in.

        Args:
            email: The address.

        Returns:
            The user, or nothing if there is none.
        """
        user = await self._user_repo.get_by_email(email)
        return user if user and user.is_active else None
