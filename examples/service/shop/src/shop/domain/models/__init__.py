"""Entities and values, one module each."""
