"""Embargo lines: what a line says about when a text may be used, or why it does not say so for certain."""
