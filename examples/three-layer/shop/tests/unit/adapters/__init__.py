"""Tests of the kinetic layer."""
