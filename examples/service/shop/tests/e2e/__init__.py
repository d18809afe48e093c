"""Tests that talk to the running service from outside."""
