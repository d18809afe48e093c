"""Tests of the headers for browsers."""

from __future__ import annotations

import pytest

from shop.api.middleware import SECURITY_HEADERS, security_headers


@pytest.mark.parametrize(
    ("scheme", "path", "further"),
    [
        ("http", "/health", {"Content-Security-Policy"}),
        ("http", "/docs", set()),
        ("https", "/redoc", {"Strict-Transport-Security"}),
        (
            "https",
            "/health",
            {"Content-Security-Policy", "Strict-Transport-Security"},
        ),
    ],
)
def test_headers_fit_the_request(scheme: str, path: str, further: set[str]) -> None:
    """Pages may load scripts, and only an encrypted connection is made a duty.

    Args:
        scheme (str): Scheme of the request.
        path (str): Path of the request.
        further (set[str]): Headers besides those that every response has.
    """
    headers = security_headers({"type": "http", "scheme": scheme, "path": path})
    assert headers.keys() == SECURITY_HEADERS.keys() | further
