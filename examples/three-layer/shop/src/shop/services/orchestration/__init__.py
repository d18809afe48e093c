"""Processes that run several use cases."""
