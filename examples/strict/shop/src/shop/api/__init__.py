"""What the outside talks to: it translates and delegates."""
