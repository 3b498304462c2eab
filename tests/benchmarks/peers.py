"""The other ways to make a Word file and a PDF of each of many releases: what pressgen's rate is measured against."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from docxtpl import DocxTemplate

from benchmarks.archive import SEED
from benchmarks.word import context, template
from machine import ROOT
from pressgen.actions.workspace.compose import compose_release
from pressgen.actions.workspace.folder import Workspace, load_release
from pressgen.model.artifact import Variant

if TYPE_CHECKING:
    from pathlib import Path

WARM = """
import sys, weasyprint
from weasyprint.text.fonts import FontConfiguration
fonts = FontConfiguration()
style = weasyprint.CSS(filename=sys.argv[1], font_config=fonts)
for name in sys.argv[2:]:
    weasyprint.HTML(name).write_pdf(name[:-4] + "pdf", stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")
"""
"""WeasyPrint as it is, imported once for all files, with one stylesheet and its fonts."""


def docxtpl_and_libreoffice(folder: Path, count: int) -> float | None:
    """Seconds for so many Word files by docxtpl, and their PDF files by one call of LibreOffice; None without it."""
    if not shutil.which("soffice"):
        return None
    desk = load_release(Workspace(ROOT), SEED)[0]
    (document,) = compose_release(desk, [Variant.PUBLIC])
    base, filling = template(desk.house.files["release.docx"]), context(document)
    _empty(folder)
    start = time.perf_counter()
    for number in range(count):
        made = DocxTemplate(io.BytesIO(base))
        made.render({**filling, "headline": f"{number} {filling['headline']}"}, autoescape=True)
        made.save(folder / f"{number}.docx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, folder.glob("*.docx"))], check=True, capture_output=True)
    return _spent(start, folder, count)


def pandoc_and_weasyprint(folder: Path, count: int) -> float | None:
    """Seconds for so many Word files by pandoc, and PDF files of its pages by a warm WeasyPrint; None without it."""
    if not shutil.which("pandoc"):
        return None
    desk = load_release(Workspace(ROOT), SEED)[0]
    (document,) = compose_release(desk, [Variant.PUBLIC])
    said = context(document)
    texts = [str(each) for name in ("body", "notes") for each in said[name]]  # type: ignore[attr-defined]
    _empty(folder)
    reference = folder / "reference.docx"
    reference.write_bytes(desk.house.files["release.docx"])
    start = time.perf_counter()
    for number in range(count):
        source = folder / f"{number}.md"
        source.write_text("\n\n".join([f"---\ntitle: {number}\n---", f"# {number} {said['headline']}", *texts]))
        word = ["pandoc", source, "-o", source.with_suffix(".docx"), f"--reference-doc={reference}"]
        for command in (word, ["pandoc", source, "-s", "-t", "html", "-o", source.with_suffix(".html")]):
            subprocess.run(command, check=True, capture_output=True)
    pages = [folder / f"{number}.html" for number in range(count)]
    style = ROOT / "templates" / "inspectorate" / "release.css"
    subprocess.run([sys.executable, "-c", WARM, style, *pages], check=True, capture_output=True)
    return _spent(start, folder, count)


def _empty(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()


def _spent(start: float, folder: Path, count: int) -> float:
    spent = time.perf_counter() - start
    assert len(list(folder.glob("*.pdf"))) == count
    return spent
