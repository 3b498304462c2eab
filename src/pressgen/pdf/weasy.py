"""WeasyPrint, imported once and made faster."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

from PIL import ImageFile

from pressgen.errors import EnvironmentFailureError, is_short_of_memory
from pressgen.pdf.captured_warnings import capture_warnings
from pressgen.pdf.memory import explain_glib_aborts, require_memory
from pressgen.pdf.speed import patches
from pressgen.pdf.weasy_import import defer_fonttools, use_ready_declarations

__all__ = ["capture_warnings", "stock", "weasyprint"]

INSTALL = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def _import_weasyprint() -> Any:
    require_memory()
    explain_glib_aborts()
    try:
        with use_ready_declarations(), defer_fonttools():
            import weasyprint
            from weasyprint.text.ffi import harfbuzz_subset
    except (ImportError, OSError) as fault:
        if is_short_of_memory(fault):
            raise
        raise EnvironmentFailureError(
            f"making a PDF needs Pango and HarfBuzz, which are missing on this machine ({fault}); run: {INSTALL}"
        ) from None
    if harfbuzz_subset is None:
        raise EnvironmentFailureError(
            f"making a PDF needs HarfBuzz's subsetter, which is missing on this machine; run: {INSTALL}"
        )
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint takes half a picture for a whole one; `pictures.read` does not
    return weasyprint


weasyprint = _import_weasyprint()
stock = patches.install(os.environ)
"""The patches that were left out, each with the source that differs; see `patches.install`."""
import_module("pressgen.pdf.rtl_text").install()


def read_library_versions() -> dict[str, str]:
    """Return the versions of WeasyPrint and Pango."""
    from weasyprint.text.ffi import pango

    number = pango.pango_version()
    return {"weasyprint": weasyprint.__version__, "pango": f"{number // 10000}.{number // 100 % 100}.{number % 100}"}
