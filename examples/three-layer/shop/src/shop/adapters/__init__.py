"""Kinetic layer: the domain connected to real data and systems."""
