"""State machines: which step leads where."""
