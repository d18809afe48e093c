"""Errors, reported to Sentry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sentry_sdk

if TYPE_CHECKING:
    from shop.core.config import ErrorTrackingSettings


def start_error_tracking(settings: ErrorTrackingSettings) -> None:
    """Report every record from ERROR on, and every exception that nobody handles.

    Args:
        settings: Say where to report, and from where.
    """
    dsn = settings.sentry_dsn.get_secret_value()
    if dsn:
        sentry_sdk.init(
            dsn=dsn,
            environment=settings.environment,
            # Neither request bodies nor the values of variables leave the process.
            include_local_variables=False,
            max_request_body_size="never",
            send_default_pii=False,
        )
