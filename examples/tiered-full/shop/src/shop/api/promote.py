"""Makes a user an administrator: ``python -m shop.api.promote ADDRESS``.

No endpoint does this, because the first administrator could not call it.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import TYPE_CHECKING, Final

from shop.core.config import DatabaseSettings, load_settings
from shop.core.database import Database
from shop.core.errors import AppError, ConfigurationError, NotFoundError
from shop.core.logging import configure_logging
from shop.models.user import Role
from shop.repositories.user_repository import UserRepository

if TYPE_CHECKING:
    from collections.abc import Sequence

logger = logging.getLogger(__name__)

EXIT_FAILED: Final = 1
EXIT_USAGE: Final = 2
ACTOR: Final = "promote"


async def promote(email: str, settings: DatabaseSettings) -> None:
    """Make a user an administrator.

    Args:
        email: E-mail address of the user.
        settings: Settings of the database.

    Raises:
        NotFoundError: If there is no such user.
    """
    database = Database(settings)
    users = UserRepository(database, database)
    try:
        user = await users.get_by_email(email)
        if user is None:
            message = "There is no such user"
            raise NotFoundError(message)
        user.role = Role.ADMIN
        user.updated_by = ACTOR
        await users.update(user)
    finally:
        await database.close()


def main(arguments: Sequence[str]) -> int:
    """Run the command.

    Args:
        arguments: What stands behind the name of the command.

    Returns:
        The exit code.
    """
    try:
        settings = load_settings(DatabaseSettings)
    except ConfigurationError as error:
        configure_logging("ERROR")
        logger.critical("Nobody can be promoted: %s", error)
        return EXIT_USAGE
    configure_logging(settings.log_level, settings.log_pseudonym_key.get_secret_value())
    if len(arguments) != 1:
        logger.error("Name one e-mail address")
        return EXIT_USAGE
    try:
        asyncio.run(promote(arguments[0], settings))
    except AppError as error:
        logger.error("Nobody was promoted: %s", error)
        return EXIT_FAILED
    logger.warning("User is an administrator now")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
