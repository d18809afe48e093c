"""The engine and the tables."""
