"""Pure helpers without state."""
