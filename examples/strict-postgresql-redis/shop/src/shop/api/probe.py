"""Health check from inside the container, which has no curl."""

from __future__ import annotations

import http.client
import sys
from http import HTTPStatus
from typing import Final

from shop.config import get_settings

TIMEOUT_SECONDS: Final = 4.0


def main() -> int:
    """Ask the service of this container for its health.

    Returns:
        The exit code: 0 when healthy, else 1.
    """
    port = get_settings().port
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("GET", "/health")
        healthy = connection.getresponse().status == HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        healthy = False
    finally:
        connection.close()
    return 0 if healthy else 1


if __name__ == "__main__":
    sys.exit(main())
