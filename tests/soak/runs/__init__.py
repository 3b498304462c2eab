"""The runs, a module each."""
