"""The Shop project."""
