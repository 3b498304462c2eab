"""The last touch to a PDF that WeasyPrint has drawn, before it is written: PDF/UA-1 and PDF/A-3a in one file.

Done by WeasyPrint's own hook for finishers, on its objects: to read the file again and write it once more would take
longer. The release's data are not attached, in either variant: a release holds contacts' private numbers and what is
said only to those under embargo, and whoever has the file has its attachments.
"""

from __future__ import annotations

from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pydyf

from pressgen.pdf.claims import claim
from pressgen.pdf.properties import describe
from pressgen.pdf.repair import repair
from pressgen.pdf.structure import Structure

if TYPE_CHECKING:
    from collections.abc import Mapping

SRGB = "sRGB2014.icc"
"""The colour profile that comes with WeasyPrint. Its own way to embed it leaves a file open."""


def finishing(urn: str) -> Mapping[str, Any]:
    """What `weasyprint.HTML.write_pdf` is to be given, to make a file that is called `urn` and keeps both standards."""
    return {"pdf_variant": "pdf/a-3a", "output_intent": "", "finisher": partial(_finish, urn)}


def _finish(urn: str, _document: object, pdf: pydyf.PDF) -> None:
    structure = Structure(pdf)
    repair(structure)
    describe(structure)
    structure.fold()
    for each in pdf.objects:
        if "Interpolate" in getattr(each, "extra", ()):
            each.extra["Interpolate"] = "false"  # ISO 19005-3, 6.2.8
    _intend(pdf)
    claim(pdf, urn)


def _intend(pdf: pydyf.PDF) -> None:
    """Say that colours are meant as sRGB (ISO 19005-3, 6.2.3)."""
    profile = pydyf.Stream([(files("weasyprint.pdf") / SRGB).read_bytes()], {"N": 3}, compress=True)
    pdf.add_object(profile)
    intent = {"Type": "/OutputIntent", "S": "/GTS_PDFA1", "DestOutputProfile": profile.reference}
    intent |= dict.fromkeys(("OutputConditionIdentifier", "Info"), pydyf.String("sRGB IEC61966-2.1"))
    pdf.catalog["OutputIntents"] = pydyf.Array([pydyf.Dictionary(intent)])
