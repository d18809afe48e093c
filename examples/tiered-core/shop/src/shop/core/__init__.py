"""What every layer may use: settings, errors, logs, security and the database."""
