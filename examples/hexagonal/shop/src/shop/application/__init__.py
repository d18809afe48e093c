"""Use cases: they orchestrate the domain through the ports."""
