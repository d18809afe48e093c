"""Carriers of events."""
