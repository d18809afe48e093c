"""Checks of input that go beyond a single value."""
