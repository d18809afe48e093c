"""Tests of the client of the e-mail verification."""

from __future__ import annotations

from http import HTTPMethod, HTTPStatus
from typing import TYPE_CHECKING

import pytest

from shop.adapters.external_apis.email_verification import (
    HttpEmailVerifier,
    TrustingEmailVerifier,
)
from shop.adapters.external_apis.http import HttpClient
from shop.domain.errors import ExternalServiceError
from shop.domain.value_objects import EmailAddress

if TYPE_CHECKING:
    from unittest.mock import NonCallableMagicMock

    from pytest_mock import MockerFixture

URL = "https://verification.example.com/check"
ADDRESS = EmailAddress("ada@example.com")


@pytest.fixture
def http(mocker: MockerFixture) -> NonCallableMagicMock:
    """Stand in for the HTTP client.

    Args:
        mocker (MockerFixture): Makes the double.

    Returns:
        NonCallableMagicMock: The double.
    """
    double: NonCallableMagicMock = mocker.create_autospec(HttpClient, instance=True)
    return double


class TestHttpEmailVerifier:
    """The status of the answer is the verdict."""

    @pytest.mark.parametrize(
        ("status", "deliverable"),
        [
            (HTTPStatus.OK, True),
            (HTTPStatus.NO_CONTENT, True),
            (HTTPStatus.UNPROCESSABLE_ENTITY, False),
        ],
    )
    async def test_verdict_is_understood(
        self, http: NonCallableMagicMock, status: HTTPStatus, *, deliverable: bool
    ) -> None:
        """The address is sent, and nothing else.

        Args:
            http (NonCallableMagicMock): The HTTP client.
            status (HTTPStatus): What the service answers.
            deliverable (bool): The verdict expected.
        """
        http.request.return_value = status
        verifier = HttpEmailVerifier(http, URL)
        assert await verifier.is_deliverable(ADDRESS) is deliverable
        http.request.assert_awaited_once_with(
            HTTPMethod.POST, URL, {"email": "ada@example.com"}
        )

    @pytest.mark.parametrize("status", [HTTPStatus.BAD_GATEWAY, 599])
    async def test_other_answers_are_no_verdict(
        self, http: NonCallableMagicMock, status: int
    ) -> None:
        """A service in trouble knows nothing about the address.

        Args:
            http (NonCallableMagicMock): The HTTP client.
            status (int): What the service answers, also without a name for it.
        """
        http.request.return_value = status
        with pytest.raises(ExternalServiceError, match=f"answers {status}"):
            await HttpEmailVerifier(http, URL).is_deliverable(ADDRESS)

    async def test_silence_is_reported(
        self, http: NonCallableMagicMock, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Nobody becomes a customer by chance while the service is down.

        Args:
            http (NonCallableMagicMock): The HTTP client.
            caplog (pytest.LogCaptureFixture): Captures the log.
        """
        http.request.side_effect = ExternalServiceError("No answer to POST")
        with pytest.raises(ExternalServiceError, match="No answer"):
            await HttpEmailVerifier(http, URL).is_deliverable(ADDRESS)
        assert "does not answer" in caplog.text
        assert "ada@example.com" not in caplog.text


async def test_without_a_service_addresses_are_trusted() -> None:
    """The verification is a choice of the operator."""
    assert await TrustingEmailVerifier().is_deliverable(ADDRESS)
