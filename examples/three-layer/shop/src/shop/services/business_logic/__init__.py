"""Use cases, one module for each subject."""
