"""Where things stand: status, history, the grid, and the report after a breach."""
