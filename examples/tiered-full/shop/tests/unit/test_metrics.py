"""Tests of the metrics."""

from __future__ import annotations

import pytest

from shop.monitoring.metrics import MetricsService


def test_events_are_counted_by_label() -> None:
    """Events of one name are told apart by their labels."""
    metrics = MetricsService()
    metrics.increment_counter("orders_created", {"status": "success"})
    with metrics.count_outcome("orders_created"):
        metrics.increment_counter("orders_seen", {"kind": "new"})
    with pytest.raises(LookupError), metrics.count_outcome("orders_created"):
        raise LookupError
    text = metrics.render().decode()
    assert 'orders_created_total{status="success"} 2.0' in text
    assert 'orders_created_total{status="error"} 1.0' in text


def test_instances_do_not_share_counts() -> None:
    """What one application counts is not in the metrics of another."""
    MetricsService().increment_counter("orders_created", {"status": "success"})
    assert "orders_created" not in MetricsService().render().decode()
