"""Entities, value objects and the rules that hold for them."""
