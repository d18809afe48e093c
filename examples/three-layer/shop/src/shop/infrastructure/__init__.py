"""What all layers but the inner ones build on: settings, logs, connections."""
