"""What is known of a set of fonts is forgotten when a face is added to it.

It makes nothing faster, but lets other patches keep with the fonts what they find out. Leans on
`text.fonts.FontConfiguration.add_font_face`.
"""

# ruff: noqa: ANN401 - WeasyPrint has no types

from __future__ import annotations

from typing import Any

from weasyprint.text.fonts import FontConfiguration

stock = FontConfiguration.add_font_face

KEPT = ("contexts", "houses", "measured", "struts")
"""What `contexts`, `styles`, `words` and `struts` keep with the fonts."""


def add_font_face(fonts: Any, *face: Any) -> None:
    """`FontConfiguration.add_font_face`."""
    for name in KEPT:
        fonts.__dict__.pop(name, None)
    stock(fonts, *face)


def put_in_place() -> None:
    """Let what is known be forgotten."""
    FontConfiguration.add_font_face = add_font_face
