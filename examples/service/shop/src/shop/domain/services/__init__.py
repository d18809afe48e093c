"""Business logic, one module for each subject."""
