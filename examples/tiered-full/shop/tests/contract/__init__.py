"""Tests that hold the application to its published contract."""
