"""Damaged files of every kind, given to every command that reads files from outside."""
