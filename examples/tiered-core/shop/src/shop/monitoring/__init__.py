"""What measures and traces the application."""
