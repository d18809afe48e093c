"""Tests of how long answers take."""
