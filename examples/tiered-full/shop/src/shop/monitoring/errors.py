"""Errors, reported to Sentry."""

from __future__ import annotations

import sentry_sdk


def start_error_tracking(dsn: str, environment: str) -> None:
    """Report every record from ERROR on, and every exception that nobody handles.

    Args:
        dsn: Where to report; empty for nowhere.
        environment: Where the application runs.
    """
    if dsn:
        sentry_sdk.init(
            dsn=dsn,
            environment=environment,
            # Neither request bodies nor the values of variables leave the process.
            include_local_variables=False,
            max_request_body_size="never",
            send_default_pii=False,
        )
