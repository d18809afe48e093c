"""The core: what the service is about, free of any framework."""
