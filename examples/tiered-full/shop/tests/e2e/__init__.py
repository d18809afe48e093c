"""Tests of the started service, from outside."""
