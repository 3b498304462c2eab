"""The grid: what goes out when, what is odd about it, and the same as a calendar for the office."""
