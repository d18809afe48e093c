"""Where rows are stored and found, one module for each table."""
