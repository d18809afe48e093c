"""Tests of the reports to Sentry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shop.monitoring.errors import start_error_tracking

if TYPE_CHECKING:
    from pytest_mock import MockerFixture


def test_reports_are_optional_and_discreet(mocker: MockerFixture) -> None:
    """Nothing is reported without an address, and personal data never is.

    Args:
        mocker: Replaces the library.
    """
    init = mocker.patch("sentry_sdk.init")
    start_error_tracking("", "local")
    init.assert_not_called()
    start_error_tracking("https://key@sentry.example/1", "production")
    options = init.call_args.kwargs
    assert options["environment"] == "production"
    assert not options["send_default_pii"]
    assert not options["include_local_variables"]
    assert options["max_request_body_size"] == "never"
