"""Finish a PDF before it is written: PDF/UA-1 and PDF/A-3a.

WeasyPrint's own hook for finishers does it, on its objects: to read the file again and write it once more would take
longer. The release's data are not attached, in either variant: a release holds contacts' private numbers and what is
said only to those under embargo, and everyone who has the file has its attachments.
"""

from __future__ import annotations

from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pydyf

from pressgen.pdf.properties import declare_standards, set_element_properties
from pressgen.pdf.repair import repair_structure
from pressgen.pdf.structure import PdfStructure

if TYPE_CHECKING:
    from collections.abc import Mapping

SRGB = "sRGB2014.icc"
"""The colour profile that comes with WeasyPrint. WeasyPrint's own way to embed it leaves a file open."""


def make_pdf_options(urn: str) -> Mapping[str, Any]:
    """Return WeasyPrint's options for PDF/UA-1 and PDF/A-3a."""
    return {"pdf_variant": "pdf/a-3a", "output_intent": "", "finisher": partial(_finish_pdf, urn)}


def _finish_pdf(urn: str, _document: object, pdf: pydyf.PDF) -> None:
    structure = PdfStructure(pdf)
    repair_structure(structure)
    set_element_properties(structure)
    structure.fold()
    for each in pdf.objects:
        if "Interpolate" in getattr(each, "extra", ()):
            each.extra["Interpolate"] = "false"  # ISO 19005-3, 6.2.8
    _add_output_intent(pdf)
    declare_standards(pdf, urn)


def _add_output_intent(pdf: pydyf.PDF) -> None:
    """Declare that colours are meant as sRGB (ISO 19005-3, 6.2.3)."""
    profile = pydyf.Stream([(files("weasyprint.pdf") / SRGB).read_bytes()], {"N": 3}, compress=True)
    pdf.add_object(profile)
    intent = {"Type": "/OutputIntent", "S": "/GTS_PDFA1", "DestOutputProfile": profile.reference}
    intent |= dict.fromkeys(("OutputConditionIdentifier", "Info"), pydyf.String("sRGB IEC61966-2.1"))
    pdf.catalog["OutputIntents"] = pydyf.Array([pydyf.Dictionary(intent)])
