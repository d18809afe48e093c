"""Settings, and the logging that they control."""
