"""The words of an old release's file, read by no code of the importer, to see whether it loses any."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from machine import PATIENCE

WORD = re.compile(r"[^\W_]+")
HIDDEN = frozenset(("head", "script", "style", "template", "noscript"))
PARTS = re.compile(r"word/(?:document|(?:foot|end)notes|header\d*|footer\d*)\.xml|content\.xml")
DELETED = re.compile(r"<w:(instrText|delText|del|moveFrom)\b.*?</w:\1>", re.DOTALL)
BREAK = re.compile(r"<(?:/w:p|w:br|w:tab|w:cr|/text:[ph]|text:line-break|text:tab|text:s)\b[^>]*>")
TAG = re.compile(r"</?[a-z][^<>]*>")
ADDRESS = re.compile(r"https?://[^\s()<>\[\]\"'“”]*[\w/]")
KEY = re.compile(r"(?m)^[\w-]+:(?=\s)")
GLUE = re.compile(r"(?<=[a-zà-þ])(?=[A-ZÀ-Þ])|(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)")
HYPHEN = re.compile(r"(?<=\w)[-\u00ad\u2010\u2011]\s*(?=\w)")


class _Page(HTMLParser):
    """The visible text of a web page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self.hidden += tag in HIDDEN
        self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in HIDDEN and self.hidden > 0
        self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def count_lost(path: Path, result: str) -> int | None:
    """How many words of a file its `release.yaml` lacks; None for a kind that nothing else here can read.

    Short numbers are left out, since lists are numbered anew, and so are hyphens, which may be those of a line's end.
    An address that stands in several places counts once.
    """
    text, result = _text(path), unquote(result.replace("\\n", " ").replace("\\", ""))
    if text is None:
        return None
    addresses = sum(unquote(address) not in result for address in set(ADDRESS.findall(text)))
    return addresses + (_count(text) - _count(result)).total()


def _count(text: str) -> Counter[str]:
    words = WORD.findall(GLUE.sub(" ", HYPHEN.sub("", ADDRESS.sub(" ", text))))
    return Counter(word.lower() for word in words if len(word) > 2 or not word.isdigit())


def _text(path: Path) -> str | None:
    data = path.read_bytes()
    if data.startswith(b"PK"):
        return _zipped(path)
    if data.startswith(b"%PDF") and shutil.which("pdftotext"):
        read = ["pdftotext", "-layout", str(path), "-"]
        return subprocess.run(read, capture_output=True, check=True, timeout=PATIENCE).stdout.decode()
    if data.startswith((b"%PDF", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"<?xml")):
        return None
    text = data.decode("utf-8-sig", "surrogateescape")
    if path.suffix in {".html", ".htm"}:
        return "".join(_Page(text).parts)
    head = re.match(r"---\n.*?\n---\n", text, re.DOTALL)
    text = KEY.sub("", head[0]) + text[head.end() :] if head else text
    return html.unescape(TAG.sub(" ", text)) if path.suffix == ".md" else text


def _zipped(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if PARTS.fullmatch(name)]
    spaced = (BREAK.sub(lambda each: f"{each[0]} ", DELETED.sub("", part)) for part in parts)
    return " ".join("".join(ET.fromstring(part).itertext()) for part in spaced)  # noqa: S314  files a person chose
