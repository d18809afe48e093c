"""Storage of entities."""
