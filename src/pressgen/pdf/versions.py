"""The versions of the libraries that make PDF files."""

from __future__ import annotations

from pressgen.pdf.weasy import weasyprint


def read_library_versions() -> dict[str, str]:
    """Return the versions of WeasyPrint and Pango."""
    from weasyprint.text.ffi import pango

    number = pango.pango_version()
    return {"weasyprint": weasyprint.__version__, "pango": f"{number // 10000}.{number // 100 % 100}.{number % 100}"}
