"""The workspace on the disk: its folder, its houses, what made files are written with; all else stands on it."""
