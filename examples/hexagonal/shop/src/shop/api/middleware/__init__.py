"""What wraps the endpoints, one concern each."""
