"""What a command answered to a damaged file, and what is wrong with the answer."""

from __future__ import annotations

import io
import re
import subprocess
import traceback
import xml.etree.ElementTree as ET
import zipfile
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from click.testing import Result

    from doors.spoiling import Spoilt

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What no file may send to a terminal."""
FURNITURE = {"Page", "of", "1", "•", "1.", "2."}
"""Signs on a page that are no text of a release."""
CODES = {0, 1, 2, 3, 4}
NO_MEMORY = "not enough memory"


def judge_answer(done: Result, spoilt: Spoilt) -> str:
    """Say what is wrong with an answer; nothing if it is as it should be."""
    if done.exception and not isinstance(done.exception, SystemExit):
        last = traceback.extract_tb(done.exception.__traceback__)[-1]
        where = next(
            (
                each
                for each in reversed(traceback.extract_tb(done.exception.__traceback__))
                if "/pressgen/" in each.filename
            ),
            last,
        )
        place = f"{where.filename.rpartition('/pressgen/')[2]}:{where.lineno}"
        return f"{type(done.exception).__name__}: {str(done.exception)[:200]!r} at {place}"
    if done.exit_code not in CODES:
        return f"exit code {done.exit_code}"
    if NO_MEMORY in done.output:
        return "more memory than the bound"
    if found := RAW.search(done.output):
        return f"{found.group()!r} reaches the terminal: {done.output[max(0, found.start() - 60) : found.end() + 20]!r}"
    if done.exit_code and not done.output.strip():
        return f"exit code {done.exit_code} and not a word"
    if not done.exit_code and spoilt.seed.name.startswith("made/") and _says_the_same(done.output, spoilt):
        return _difference(spoilt)
    return ""


def _says_the_same(output: str, spoilt: Spoilt) -> bool:
    """Whether a command says that nothing was altered."""
    if spoilt.way == "receive":
        return "word for word" in output and "is damaged" not in output
    return spoilt.way == "verify" and "nothing wrong" in output


def _difference(spoilt: Spoilt) -> str:
    """Say what another reader finds to be different between the whole file and the damaged one."""
    if spoilt.seed.ending == ".docx":
        numbers = set(_boxes(_body(spoilt.seed.data)).values()) if spoilt.way == "receive" else set()
        before, after = (_word_texts(data, numbers) for data in (spoilt.seed.data, spoilt.data))
    elif spoilt.seed.ending == ".pdf":
        before, after = (_paper_text(data) for data in (spoilt.seed.data, spoilt.data))
    else:
        before, after = (_page_text(data) for data in (spoilt.seed.data, spoilt.data))
    return "" if before == after else f"says that nothing is wrong, but {_first(before, after)}"


def _first(before: str, after: str) -> str:
    at = next(
        (at for at, (old, new) in enumerate(zip(before, after, strict=False)) if old != new),
        min(len(before), len(after)),
    )
    return f"{before[max(0, at - 30) : at + 50]!r} is now {after[max(0, at - 30) : at + 50]!r}"


def _body(data: bytes) -> ET.Element:
    """The body of a Word file, as Python's own zip and XML readers find it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ET.fromstring(archive.read("word/document.xml"))  # noqa: S314 - judged by pressgen before


def _boxes(root: ET.Element) -> dict[ET.Element, str]:
    """The text boxes, each with its text."""
    return {box: "".join(each.text or "" for each in box.iter(W + "t")) for box in root.iter(W + "txbxContent")}


def _word_texts(data: bytes, numbers: set[str]) -> str:
    """The text of a Word file's body.

    The boxes of a review copy hold the `numbers` of its blocks, which are pressgen's: one that is emptied or moved is
    no change of the release.
    """
    root = _body(data)
    for box, text in _boxes(root).items():
        if text in numbers or (numbers and not text.strip()):
            box.clear()
    return " ".join("".join(each.text or "" for each in node.iter(W + "t")) for node in root.iter(W + "p"))


def _paper_text(data: bytes) -> str:
    """What Poppler reads on the pages of a PDF."""
    ran = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=False, timeout=300)
    return " ".join(each for each in ran.stdout.decode("utf-8", "replace").split() if each not in FURNITURE)


class _Words(HTMLParser):
    """Collects what a page shows: Python's own reader of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self.hidden += tag in {"style", "script", "title"}

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in {"style", "script", "title"} and self.hidden > 0

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words += data.split()


def _page_text(data: bytes) -> str:
    """What Python's own reader finds as text of a page."""
    words = _Words()
    words.feed(data.decode("utf-8-sig", "replace"))
    return " ".join(words.words)
