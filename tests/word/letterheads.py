"""Letterheads as Word, Google Docs and LibreOffice save them, each with what real ones have."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

from docx import Document
from docx.document import Document as Docx
from docx.oxml import parse_xml
from PIL import Image

from machine import PATIENCE, need_program

WML = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = f'xmlns:w="{WML}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
KINDS = {
    "docx": MAIN,
    "dotx": MAIN.replace("document.main", "template.main"),
    "docm": "application/vnd.ms-word.document.macroEnabled.main+xml",
    "dotm": "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
}
LETTER = ["4 March 2027", "Dear Ms Sample,", "This is where you write. " * 8, "Yours sincerely"]


def picture(colour: str = "navy", kind: str = "PNG") -> io.BytesIO:
    """A picture in one colour."""
    made = io.BytesIO()
    Image.new("RGB", (60, 30), colour).save(made, kind)
    made.seek(0)
    return made


def field(code: str, result: str) -> str:
    """The runs of a field."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{result}</w:t></w:r>'
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def paragraph(inner: str) -> object:
    """A paragraph of runs, for python-docx."""
    return parse_xml(f"<w:p {NAMES}>{inner}</w:p>")


def text(words: str) -> str:
    """A run."""
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def make_letterhead(*, letter: list[str] | None = None, logo: bool = True) -> Docx:
    """A letterhead by python-docx: a logo in the header, an address in the footer, a letter in the text."""
    document = Document()
    section = document.sections[0]
    head = section.header.paragraphs[0]
    if logo:
        head.add_run().add_picture(picture(), width=1_500_000)
    head.add_run(" Harbour Board")
    section.footer.paragraphs[0].add_run("1 Quay Street, Harbourtown")
    for line in LETTER if letter is None else letter:
        document.add_paragraph(line)
    return document


def save(document: Docx) -> bytes:
    """The bytes of a document."""
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def change_parts(
    data: bytes, replaced: Mapping[str, tuple[str, str]] | None = None, added: Mapping[str, bytes] | None = None
) -> bytes:
    """The same file with patterns replaced in parts, and with more parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name in (replaced or {}):
                pattern, instead = (replaced or {})[name]
                changed = re.sub(pattern, instead, part.decode())
                assert changed != part.decode(), f"nothing to replace in {name}"
                part = changed.encode()
            new.writestr(name, part)
        for name, part in (added or {}).items():
            new.writestr(name, part)
    return made.getvalue()


def save_as(data: bytes, kind: str) -> bytes:
    """The same file as Word saves it under another kind; those with macros have some."""
    macros = {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0 macros"} if kind.endswith("m") else {}
    changed = {"[Content_Types].xml": (re.escape(MAIN), KINDS[kind])} if kind != "docx" else {}
    return change_parts(data, changed, macros)


def keep_few_styles(data: bytes, *names: str) -> bytes:
    """The same file with a few of its styles only, as Word saves those that a letterhead uses."""
    wanted = (*names, "Normal", "Default Paragraph Font", "Normal Table", "No List")
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/styles.xml":
                part = re.sub(
                    rb"<w:style\b.*?</w:style>", lambda m: m[0] if _is_one(m[0], wanted) else b"", part, flags=re.DOTALL
                )
            new.writestr(name, part)
    return made.getvalue()


def _is_one(style: bytes, names: tuple[str, ...]) -> bool:
    return any(f'<w:name w:val="{name}"/>'.encode() in style for name in names)


def save_with_libreoffice(data: bytes, folder: Path) -> bytes:
    """The same file, opened and saved by LibreOffice."""
    (folder / "letterhead.docx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        need_program("soffice"),
        profile,
        "--headless",
        "--convert-to",
        "docx",
        "--outdir",
        "saved",
        "letterhead.docx",
    ]
    subprocess.run(command, cwd=folder, capture_output=True, timeout=PATIENCE, check=True)
    return (folder / "saved" / "letterhead.docx").read_bytes()
