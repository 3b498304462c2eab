"""Whole files of every kind, to be damaged: those that pressgen makes, those of its repository, and foreign ones."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
from PIL import Image

from channels.test_bounces import report
from doors.room import OFFICE, RELEASE
from machine import ROOT, SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 700_000
"""Bytes of a seed; larger ones cost time and tell no more."""
KINDS = {
    ".docx",
    ".dotx",
    ".pdf",
    ".png",
    ".jpg",
    ".gif",
    ".webp",
    ".svg",
    ".yaml",
    ".xlsx",
    ".csv",
    ".vcf",
    ".eml",
    ".html",
    ".txt",
    ".md",
    ".css",
    ".ttf",
    ".zip",
    ".emf",
    ".wmf",
}
CARD = """\
BEGIN:VCARD
VERSION:3.0
N:Ray;Ada;;Dr;
FN:Dr Ada Ray
ORG:The Daily;News
EMAIL;TYPE=work:ray@daily.example
END:VCARD
"""
CARD_21 = CARD.replace("3.0", "2.1").replace("FN:Dr", "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=44r")
TABLE = """\
Name;Medium;E-Mail
“Zoë” Weiß;Der Bote;zoe@bote.example
Jan, Öz;Le Monde;jan+press@monde.example
"""
PAGE = """\
<!doctype html><html lang=en><head><meta charset=utf-8><title>Bridge opens</title></head><body><h1>Bridge opens</h1>
<p>The bridge opened on <b>8 May</b>. “It holds,” said <a href='https://x.example'>Dr Ray</a>.</p>
<ul><li>one<li>two</ul>
<table><tr><td>May<td>12</table><p>ENDS</p><p>Contact: press@county.example, 01632 960000</p></body></html>
"""
HEAD = """\
From: press@county.example
To: all@x.example
Subject: =?utf-8?q?Bridge_opens?=
Date: Wed, 8 May 2019 00:01:00 +0100
MIME-Version: 1.0
"""
PARTS = f"""\
{HEAD}Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

The bridge opened =E2=80=93 today.

--b
Content-Type: text/html; charset=utf-8

{PAGE}
--b--
"""


@dataclass(frozen=True, slots=True)
class Seed:
    """A whole file.

    Attributes:
        name: where it comes from.
        ending: such as `.docx`.
        data: its bytes.
    """

    name: str
    ending: str
    data: bytes


def seeds(room: Path) -> list[Seed]:
    """All seeds: of a furnished workspace, of the repository, and of the folders beside it where they are there."""
    found = [
        *_made(),
        *_files(room / "dist", "made"),
        *_files(ROOT / "templates", "house"),
        *_files(ROOT / "releases", "release"),
    ]
    for folder in ("cases", "corpus", "reference/prototypes"):
        found += _files(SHARED / folder, folder)
    by_data = {each.data: each for each in reversed(found)}  # the same bytes once, by their first name
    return sorted(by_data.values(), key=lambda each: (each.ending, each.name))


def _files(folder: Path, called: str) -> Iterator[Seed]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in KINDS and path.is_file() and path.stat().st_size <= LARGEST:
            yield Seed(f"{called}/{path.relative_to(folder)}", path.suffix, path.read_bytes())


def _made() -> Iterator[Seed]:
    for ending, text in ((".vcf", CARD), (".csv", TABLE), (".html", PAGE), (".eml", PARTS), (".yaml", RELEASE)):
        yield Seed(f"own{ending}", ending, text.encode())
    yield Seed("office.yaml", ".yaml", OFFICE.encode())
    yield Seed("own 2.1.vcf", ".vcf", (CARD_21 + CARD).encode())
    yield Seed("report.eml", ".eml", report())
    yield Seed("plain.eml", ".eml", (HEAD + "\nBridge opens\n\nThe bridge opened today.\n").encode())
    for kind in ("PNG", "JPEG", "GIF", "WEBP"):
        yield Seed(f"own.{kind.lower()}", ".jpg" if kind == "JPEG" else f".{kind.lower()}", _picture(kind))
    yield Seed("own.xlsx", ".xlsx", _workbook())
    yield Seed("own.zip", ".zip", _zip())


def _picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((40, 30)).save(out, kind, **({"exif": _exif()} if kind != "GIF" else {}))
    return out.getvalue()


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x013B] = "Petra Quill"
    exif[0x0112] = 6
    return exif


def _workbook() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    assert book.active
    for row in (
        ("Our press list",),
        (),
        ("Name", "Outlet", "E-mail"),
        ("Zoë Weiß", "Der Bote", "zoe@bote.example"),
        (7, 1.5, "a@b.example"),
    ):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "words")
        archive.writestr("a/b.png", _picture("PNG"))
    return out.getvalue()
