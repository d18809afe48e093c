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
from shop.core.logging import configure_logging
from shop.models.user import Role
from shop.repositories.user_repository import UserRepository

if TYPE_CHECKING:
    from collections.abc import Sequence

logger = logging.getLogger(__name__)

EXIT_UNKNOWN: Final = 1
EXIT_USAGE: Final = 2


async def promote(email: str, settings: DatabaseSettings) -> bool:
    """Make a user an administrator.

    Args:
        email: E-mail address of the user.
        settings: Settings of the database.

    Returns:
        Whether there is such a user.
    """
    database = Database(settings)
    users = UserRepository(database)
    try:
        user = await users.get_by_email(email)
        if user is None:
            return False
        user.role = Role.ADMIN
        await users.update(user)
    finally:
        await database.close()
    return True


def main(arguments: Sequence[str]) -> int:
    """Run the command.

    Args:
        arguments: What stands behind the name of the command.

    Returns:
        The exit code.
    """
    settings = load_settings(DatabaseSettings)
    configure_logging(settings.log_level, settings.log_pseudonym_key.get_secret_value())
    match arguments:
        case [email]:
            found = asyncio.run(promote(email, settings))
        case _:
            logger.error("Name one e-mail address")
            return EXIT_USAGE
    if not found:
        logger.error("There is no such user")
        return EXIT_UNKNOWN
    logger.warning("User is an administrator now")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
