"""The mark of a house as Word can show it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pypdfium2
import weasyprint
from lxml import etree

if TYPE_CHECKING:
    from pathlib import Path

COLOURS = 64
PIXELS_A_POINT = 96 / 72


def png_of(svg: Path, height: int) -> bytes:
    """A drawing as PNG, `height` pixels high: Word shows an SVG only beside one."""
    _, _, across, down = map(float, etree.parse(svg).getroot().get("viewBox", "").split())
    page = f"@page {{ margin: 0; size: {round(height * across / down)}px {height}px }}"
    style = f"<style>{page} body {{ margin: 0 }} img {{ display: block; height: {height}px }}</style>"
    pdf = weasyprint.HTML(string=f"{style}<img src='{svg.name}'>", base_url=str(svg)).write_pdf()
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=PIXELS_A_POINT).to_pil()
    made = io.BytesIO()
    image.convert("RGB").quantize(COLOURS).save(made, "PNG", optimize=True)
    return made.getvalue()
