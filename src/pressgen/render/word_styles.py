"""The styles that a house's Word template must have."""

from __future__ import annotations

from pressgen.word.part_builder import CITED, LINKED
from pressgen.word.styles import RequiredStyle

HEADINGS = {1: "Heading 1", 2: "Heading 2", 3: "Heading 3"}
BULLETS = ("List Bullet", "List Bullet 2", "List Bullet 3")
NUMBERS = ("List Number", "List Number 2", "List Number 3")
BANNER, BODY, QUOTE, PULL_QUOTE, NOTE, END, CAPTION, CONTACT = (
    "Banner",
    "Body Text",
    "Quote",
    "Pull Quote",
    "Note",
    "End Mark",
    "Caption",
    "Contact",
)
TABLE, TABLE_HEADING, TABLE_TEXT, TABLE_RATING = "House Table", "Table Heading", "Table Text", "Table Rating"

REQUIRED = (
    *(RequiredStyle(name) for name in (*HEADINGS.values(), BANNER, BODY, QUOTE, PULL_QUOTE, END, CAPTION, CONTACT)),
    *(RequiredStyle(name, numbered=True) for name in (*BULLETS, *NUMBERS, NOTE)),
    RequiredStyle(TABLE_HEADING),
    RequiredStyle(TABLE_TEXT),
    RequiredStyle(TABLE_RATING),
    RequiredStyle(TABLE, "table"),
    RequiredStyle(LINKED, "character"),
    RequiredStyle(CITED, "character"),
)
CLOSE = (BODY, QUOTE, CAPTION, *BULLETS, *NUMBERS, NOTE)
"""Styles that leave no space above a paragraph, and so need some below a table or a list."""
