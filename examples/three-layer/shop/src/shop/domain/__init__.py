"""Semantic layer: what the business talks about, free of any technology."""
