"""Tests of the JSON logs."""

from __future__ import annotations

import json
import logging
import sys
import warnings
from typing import Any

import pytest

from shop.logging import (
    NOISY_LOGGERS,
    JsonFormatter,
    configure_logging,
    log_context,
)
from shop.utils.redaction import Redactor


def write(**fields: object) -> dict[str, Any]:
    """Format one record.

    Args:
        **fields: Attributes of the record.

    Returns:
        The parsed document.
    """
    line = JsonFormatter(Redactor()).format(logging.makeLogRecord(fields))
    document: dict[str, Any] = json.loads(line)
    return document


def test_record_becomes_a_document() -> None:
    """Message, severity, origin and further fields are written."""
    document = write(
        name="shop",
        levelname="INFO",
        msg="sold %d",
        args=(3,),
        color_message="x",
        size=7,
    )
    assert document.pop("timestamp").endswith("+00:00")
    assert document == {
        "level": "INFO",
        "logger": "shop",
        "message": "sold 3",
        "size": 7,
    }


def test_context_is_attached() -> None:
    """What was bound to the context shows in every record."""
    token = log_context.set({"request_id": "42"})
    try:
        assert write(msg="x")["request_id"] == "42"
    finally:
        log_context.reset(token)


def test_secrets_and_traces_are_redacted() -> None:
    """Neither a field, nor the message, nor a traceback gives anything away."""
    try:
        raise LookupError("no ada@example.com")
    except LookupError as error:
        info = (type(error), error, error.__traceback__)
    document = write(
        msg="to eve@example.com", exc_info=info, api_key="k1", login={"password": "p1"}
    )
    assert document["message"] == "to ***"
    assert document["exception"].endswith("LookupError: no ***")
    assert document["api_key"] == "***"
    assert document["login"] == {"password": "***"}


@pytest.mark.usefixtures("logging_state")
def test_all_output_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Records, warnings and fatal exceptions are written as JSON.

    Args:
        capsys: Captures standard error.
    """
    configure_logging("INFO")
    logging.getLogger("shop").debug("hidden")
    logging.getLogger("shop").info("shown")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("old", stacklevel=1)
    sys.excepthook(ValueError, ValueError("bad"), None)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["level"] for line in lines] == ["INFO", "WARNING", "CRITICAL"]
    assert lines[2]["exception"] == "ValueError: bad"


@pytest.mark.usefixtures("logging_state")
def test_noisy_loggers_are_quiet() -> None:
    """Libraries that log data of users do so only in vain."""
    configure_logging("DEBUG")
    for name in NOISY_LOGGERS:
        assert not logging.getLogger(name).isEnabledFor(logging.INFO)
