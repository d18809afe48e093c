"""Test of the queue on a server."""

from __future__ import annotations

import queue
from typing import Final

import pytest
from celery import Celery
from celery.contrib.testing.worker import start_worker

from shop.workers.celery_app import read_options

pytestmark = [
    pytest.mark.integration,
    pytest.mark.usefixtures("settings", "running_queue", "logging_state"),
]

PATIENCE_SECONDS: Final = 60.0


def test_task_reaches_a_worker() -> None:
    """What is put into the queue is taken out of it and done."""
    app = Celery("tests", set_as_current=False)
    app.add_defaults(read_options)
    done: queue.SimpleQueue[str] = queue.SimpleQueue()

    @app.task(name="note", shared=False)
    def note(word: str) -> None:
        """Note that the task was done.

        Args:
            word: What to note.
        """
        done.put(word)

    with start_worker(app, perform_ping_check=False):
        note.delay("done")
        assert done.get(timeout=PATIENCE_SECONDS) == "done"
