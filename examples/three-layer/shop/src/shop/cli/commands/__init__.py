"""Commands, one module for each subject."""
