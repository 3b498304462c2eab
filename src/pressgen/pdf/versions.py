"""The versions of the libraries that set PDF files."""

from __future__ import annotations

from pressgen.pdf.weasy import weasyprint


def versions() -> dict[str, str]:
    """Name → version of WeasyPrint and of the Pango that it found."""
    from weasyprint.text.ffi import pango  # noqa: PLC0415 - weasyprint only by way of pdf.weasy

    number = pango.pango_version()
    return {"weasyprint": weasyprint.__version__, "pango": f"{number // 10000}.{number // 100 % 100}.{number % 100}"}
