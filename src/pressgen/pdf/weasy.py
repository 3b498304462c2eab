"""WeasyPrint, imported once and made faster."""

from __future__ import annotations

import os
from typing import Any

from PIL import ImageFile

from pressgen.errors import MachineLacks, is_short_of_memory
from pressgen.pdf.complaints import listening
from pressgen.pdf.memory import refuse_too_little, tell_last_words
from pressgen.pdf.speed import patches
from pressgen.pdf.weasy_import import declared, sparing

__all__ = ["listening", "stock", "weasyprint"]

INSTALL = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def _import() -> Any:  # noqa: ANN401 - WeasyPrint has no types
    refuse_too_little()
    tell_last_words()
    try:
        with declared(), sparing():
            import weasyprint  # noqa: PLC0415 - inside the guard
            from weasyprint.text.ffi import harfbuzz_subset  # noqa: PLC0415 - as above
    except (ImportError, OSError) as fault:
        if is_short_of_memory(fault):
            raise
        raise MachineLacks(
            f"PDF needs Pango and HarfBuzz, which this machine lacks ({fault}); run: {INSTALL}"
        ) from None
    if harfbuzz_subset is None:
        raise MachineLacks(f"PDF needs HarfBuzz's subsetter, which this machine lacks; run: {INSTALL}")
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint takes half a picture for a whole one; `load.pictures` does not
    return weasyprint


weasyprint = _import()
stock = patches.put_in_place(os.environ)
"""The patches that are not in place, each with the source that is not the known one; see `patches.put_in_place`."""
