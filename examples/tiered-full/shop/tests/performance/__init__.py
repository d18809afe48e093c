"""Tests of what answers cost."""
