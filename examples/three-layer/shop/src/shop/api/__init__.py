"""The HTTP interface: it translates and delegates."""
