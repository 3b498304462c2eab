"""The list of all patches, and the sources that each depends on."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from pressgen.pdf.speed.pinned_sources import has_pinned_source

if TYPE_CHECKING:
    from collections.abc import Mapping

STOCK = "PRESSGEN_STOCK"
"""The environment variable that leaves WeasyPrint unchanged if it is 1."""
PATCHES = {
    "faces": ("text.fonts",),
    "contexts": ("text.constants", "text.ffi", "text.fonts", "text.line_break"),
    "lines": ("text.ffi", "text.line_break"),
    "words": ("layout.inline", "layout.preferred", "svg.text", "text.fonts", "text.line_break"),
    "glyphs": ("draw.text", "pdf.fonts", "pdf.stream", "svg.text", "text.ffi", "text.line_break"),
    "paragraphs": (
        "draw.text",
        "layout.inline",
        "pdf.fonts",
        "pdf.stream",
        "svg.text",
        "text.ffi",
        "text.fonts",
        "text.line_break",
    ),
    "styles": (
        "css",
        "css.computed_values",
        "css.properties",
        "css.targets",
        "css.units",
        "css.validation",
        "css.validation.properties",
        "formatting_structure.build",
        "layout.page",
        "text.fonts",
        "cssselect2",
    ),
    "struts": ("text.fonts", "text.line_break"),
    "percentages": ("css.functions", "formatting_structure.boxes", "layout.absolute", "layout.percent"),
    "flow": ("css.functions", "css.properties", "formatting_structure.boxes", "layout.float"),
    "objects": ("pydyf",),
    "paths": ("svg", "svg.path", "svg.utils", "pydyf"),
}
"""The modules of WeasyPrint, and the other libraries, that a patch was written for."""
OTHERS = frozenset({"pydyf", "cssselect2"})


def install(environment: Mapping[str, str]) -> dict[str, str]:
    """Install all patches whose pinned sources match.

    Returns:
        Each patch that was left out, with the source that differs; or all of them, with an empty text, if the
            environment says to leave WeasyPrint unchanged.
    """
    if environment.get(STOCK) == "1":
        return dict.fromkeys(PATCHES, "")
    out = {}
    for name, sources in PATCHES.items():
        modules = [each if each in OTHERS else f"weasyprint.{each}" for each in sources]
        changed = [each for each in modules if not has_pinned_source(each)]
        if changed:
            out[name] = changed[0]
        else:
            import_module(f"{__package__}.{name}").install()
    return out
