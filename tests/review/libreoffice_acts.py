"""The names of the acts of `libreoffice_structure.py`, which only the system's Python can load."""

ACTS = ("box", "row", "link", "italic", "note", "heading", "add", "replace", "move")
