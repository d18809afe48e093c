"""The technology around the domain."""
