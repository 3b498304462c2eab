"""Clear the caches of a font set when it gets a face.

It makes nothing faster, but lets other patches keep with the fonts what they find out. Depends on
`text.fonts.FontConfiguration.add_font_face`.
"""

from __future__ import annotations

from typing import Any

from weasyprint.text.fonts import FontConfiguration

stock = FontConfiguration.add_font_face

KEPT = ("contexts", "houses", "measured", "struts")
"""The caches that `contexts`, `styles`, `words` and `struts` keep with the fonts."""


def add_font_face(fonts: Any, *face: Any) -> None:
    """Replace `FontConfiguration.add_font_face`: clear the caches first."""
    for name in KEPT:
        fonts.__dict__.pop(name, None)
    stock(fonts, *face)


def install() -> None:
    """Install the patch: clear the caches when a face is added."""
    FontConfiguration.add_font_face = add_font_face
