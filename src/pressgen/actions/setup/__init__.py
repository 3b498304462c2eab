"""Setup: a workspace, a house, and new or imported releases."""
