"""What the application demands from the outside, as protocols."""
