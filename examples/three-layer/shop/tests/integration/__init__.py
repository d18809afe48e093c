"""Tests of the layers working together."""
