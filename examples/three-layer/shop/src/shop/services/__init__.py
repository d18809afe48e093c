"""Dynamic layer: what happens, and who may make it happen."""
