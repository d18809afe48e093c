"""Tests of the reports to Sentry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shop.core.config import ENV_PREFIX, ErrorTrackingSettings, load_settings
from shop.monitoring.errors import start_error_tracking

if TYPE_CHECKING:
    from pytest_mock import MockerFixture


@pytest.mark.usefixtures("clean_environment")
def test_reports_are_optional_and_discreet(
    mocker: MockerFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is reported without an address, and personal data never is.

    Args:
        mocker: Replaces the library.
        monkeypatch: Changes the environment.
    """
    init = mocker.patch("sentry_sdk.init")
    start_error_tracking(load_settings(ErrorTrackingSettings))
    init.assert_not_called()
    monkeypatch.setenv(f"{ENV_PREFIX}SENTRY_DSN", "https://key@sentry.example/1")
    monkeypatch.setenv(f"{ENV_PREFIX}ENVIRONMENT", "production")
    start_error_tracking(load_settings(ErrorTrackingSettings))
    options = init.call_args.kwargs
    assert options["environment"] == "production"
    assert not options["send_default_pii"]
    assert not options["include_local_variables"]
    assert options["max_request_body_size"] == "never"
