"""The terminal: options in, one call to the desk, lines and an exit code out."""
