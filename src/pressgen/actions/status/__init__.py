"""Status, history, the grid, and the breach report."""
