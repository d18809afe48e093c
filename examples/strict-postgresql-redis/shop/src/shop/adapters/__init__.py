"""Implementations of the ports on top of external systems."""
