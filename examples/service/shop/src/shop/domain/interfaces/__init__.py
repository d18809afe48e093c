"""What the services demand from the outside."""
