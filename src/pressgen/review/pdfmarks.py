"""The marks that editors put on a PDF, as proposals: by their geometry, whatever program made them.

Quadrilaterals are read by their bounding boxes: all large programs order the corners against ISO 32000-1, 12.5.6.10.
What strikes, replaces or inserts is an edit; every other mark is a remark; what is of no known kind is listed.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from itertools import takewhile
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

import pikepdf

from pressgen.errors import Place, Problem, Refused
from pressgen.model.proposal import Kind, Proposal
from pressgen.pdf.glyphs import glyphs
from pressgen.review.locating import placed
from pressgen.review.pages import Pages
from pressgen.review.reprints import differing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.model.export import Block
    from pressgen.pdf.glyphs import Box

MOST = 20_000
OVER_TEXT = {"Highlight", "StrikeOut", "Underline", "Squiggly"}
BESIDE = {
    "Text",
    "FreeText",
    "Ink",
    "Stamp",
    "Square",
    "Circle",
    "Line",
    "Polygon",
    "PolyLine",
    "FileAttachment",
    "Caret",
}
SILENT = {"Popup", "Link", "Widget", "PrinterMark", "TrapNet", "Watermark"}
"""Subtypes that are no editor's mark (ISO 32000-1, table 169)."""
DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})(\d{2})?(\d{2})?(\d{2})?")
TAGS = re.compile(r"<[^>]*>")
STEP = re.compile(r"\[[^\]]*\]|\.?[^.\[]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """One annotation.

    Attributes:
        kind: its subtype, such as `Highlight`.
        boxes: what it covers: its quadrilaterals, else its rectangle.
        point: what it points at.
        answers: the name of the mark that it answers or belongs to.
        grouped: whether it is one mark with that.
    """

    name: str
    kind: str
    page: int
    boxes: list[Box]
    point: tuple[float, float]
    text: str
    author: str
    date: str
    answers: str = ""
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """A PDF from an editor.

    Attributes:
        urn: the name of ours that it bears, or empty.
        flat: whether it was printed again, or bears no mark: then words of marks may have become part of its pages.
    """

    urn: str
    marks: list[Mark]
    notices: list[str]
    data: bytes = field(repr=False)
    flat: bool = False


def read_marks(data: bytes, shown: str) -> Marked:
    """The marks on a PDF; `shown` is what messages call it.

    Raises:
        Refused: it is no PDF, has a password, or holds more marks than an editor makes.
    """
    from io import BytesIO  # noqa: PLC0415 - beside its only use

    try:
        with pikepdf.open(BytesIO(data)) as file:
            _refuse_a_scan(file, shown)
            marks, tagged = list(_marks(file, shown)), "/StructTreeRoot" in file.Root
            notices = ["holds scripts or files; they were not opened"] if _active(file.Root) else []
            notices += _notices(marks, tagged=tagged)
            return Marked(_urn(file), marks, notices, data, flat=not (marks and tagged))
    except pikepdf.PasswordError:
        message = "has a password; save it without one"
        raise Refused([Problem(code="M02", message=message, place=Place(shown))]) from None
    except pikepdf.PdfError as error:
        message = f"is no PDF that can be read: {error}"
        raise Refused([Problem(code="M01", message=message, place=Place(shown))]) from None


def proposals(blocks: Sequence[Block], file: Marked) -> list[Proposal]:
    """Every mark, with the text that was sent under it; nothing is left out.

    Of a file that was printed again, also every word that differs from what was sent.
    """
    wanted = range(MOST) if file.flat else {mark.page for mark in file.marks}
    there = placed(blocks, drawn := glyphs(file.data, wanted))
    pages = Pages.of(there)
    struck = {mark.answers: mark for mark in file.marks if mark.grouped and mark.kind == "StrikeOut"}
    found = []
    homes: dict[str, _Home] = {}
    for mark in file.marks:
        if mark.grouped and mark.kind == "StrikeOut":
            continue  # told with its caret
        if mark.answers in homes and not mark.grouped:
            home = homes[mark.answers]
        else:
            home = _home(blocks, pages, mark, struck.get(mark.name))
        homes[mark.name] = home
        found.append(_proposal(blocks, mark, home, replaces=mark.name in struck))
    return [*found, *(differing(blocks, drawn, there) if file.flat else ())]


class _Home(NamedTuple):
    """What a mark speaks of: characters `start` to `end` of a sent text, -1 for none; and the path in the data."""

    block: int
    start: int
    end: int
    path: str


def _home(blocks: Sequence[Block], pages: Pages, mark: Mark, struck: Mark | None) -> _Home:
    if over := struck or (mark if mark.kind in OVER_TEXT else None):
        if hit := pages.under(over.page, over.boxes):
            return _Home(hit[0].block, hit[0].offset, hit[-1].offset + 1, blocks[hit[0].block].path)
    elif mark.kind == "Caret" and (gap := pages.gap(mark.page, *mark.point)):
        return _Home(gap[0], gap[1], gap[1], blocks[gap[0]].path)
    block = pages.near(mark.page, *mark.point)
    row = pages.beside(mark.page, *mark.point)
    if len(row) > 1 and all(blocks[each].in_cell for each in row):
        return _Home(block, 0, 0, _common([blocks[each].path for each in row]))
    return _Home(block, 0, 0, blocks[block].path if block >= 0 else "")


def _common(paths: Sequence[str]) -> str:
    """What holds all of several places in the data, such as `body[6].table.rows[0]` for its cells."""
    steps = zip(*map(STEP.findall, paths), strict=False)
    return "".join(row[0] for row in takewhile(lambda row: len(set(row)) == 1, steps))


def _proposal(blocks: Sequence[Block], mark: Mark, home: _Home, *, replaces: bool) -> Proposal:
    block, start, end, path = home
    text = blocks[block].text if block >= 0 else ""
    edits = mark.kind in {"StrikeOut", "Caret"} and not mark.answers and block >= 0
    known = mark.kind in OVER_TEXT | BESIDE
    after = mark.text
    if edits:
        after = "" if mark.kind == "StrikeOut" else mark.text if replaces else _spaced(text, start, mark.text)
    return Proposal(
        kind=Kind.EDIT if edits and (after or start < end) else Kind.COMMENT if known else Kind.UNMAPPED,
        path=path, before=text[start:end], after=after, author=mark.author,
        date=mark.date, tracked=True, block=block, start=start, end=end, name=mark.name, answers=mark.answers,
        mark=mark.kind.lower(),
    )  # fmt: skip


def _spaced(text: str, at: int, new: str) -> str:
    """Words to be put in at a gap, with the blanks that part them from their neighbours."""
    before = " " if at and not text[at - 1].isspace() and new[:1].isalnum() else ""
    after = " " if text[at : at + 1].isalnum() and not new[-1:].isspace() else ""
    return f"{before}{new}{after}" if new else ""


def _marks(file: pikepdf.Pdf, shown: str) -> Iterator[Mark]:
    raw: list[tuple[int, Any]] = []
    for number, page in enumerate(file.pages):
        held = page.obj.get("/Annots")
        listed = held if isinstance(held, pikepdf.Array) else ()
        raw += [(number, each) for each in listed if isinstance(each, pikepdf.Dictionary)]
        if len(raw) > MOST:
            message = f"holds more than {MOST:,} marks, which is beyond any editor"
            raise Refused([Problem(code="M03", message=message, place=Place(shown))])
    names = {each.objgen: _name(each, at) for at, (_, each) in enumerate(raw) if each.objgen != (0, 0)}
    for at, (number, each) in enumerate(raw):
        kind = str(each.get("/Subtype", "/Unknown"))[1:]
        if kind in SILENT:
            continue
        parent, dated = _dictionary(each.get("/IRT")), str(each.get("/M", each.get("/CreationDate", "")))
        yield Mark(
            name=_name(each, at), kind=kind, page=number, boxes=_boxes(each), point=_point(each, kind),
            text=_text(each), author=str(each.get("/T", "")), date=_date(dated),
            answers="" if parent is None else names.get(parent.objgen, ""),
            grouped=parent is not None and str(each.get("/RT", "")) == "/Group",
        )  # fmt: skip


def _notices(marks: Sequence[Mark], *, tagged: bool) -> list[str]:
    """What the person should know of a file that was printed again, or bears no mark."""
    if marks:
        return (
            [] if tagged else ["was saved anew by a printing program; its marks are told, and so is what it says else"]
        )
    how = "bears no mark" if tagged else "was printed again"
    return [f"{how}; what was drawn on its pages cannot be read as marks, look at it; words that differ are listed"]


def _refuse_a_scan(file: pikepdf.Pdf, shown: str) -> None:
    if not any(isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font" for each in file.objects):
        message = "shows pictures of pages and holds no text, as a scan does; ask for the file itself"
        raise Refused([Problem(code="M01", message=message, place=Place(shown))])


def _dictionary(found: Any) -> Any:  # noqa: ANN401 - pikepdf has no types
    return found if isinstance(found, pikepdf.Dictionary) else None


def _name(annotation: Any, at: int) -> str:  # noqa: ANN401 - pikepdf has no types
    return str(annotation.get("/NM", "")) or f"mark {at + 1}"


def _numbers(annotation: Any, key: str) -> list[float]:  # noqa: ANN401 - as above
    """The numbers of an entry; none where it is none of numbers, as in a damaged file."""
    try:
        found = [float(each) for each in annotation.get(key, ())]
    except (TypeError, ValueError):
        return []
    return found if all(map(isfinite, found)) else []


def _rectangle(annotation: Any) -> Box:  # noqa: ANN401 - as above
    numbers = _numbers(annotation, "/Rect")[:4]
    if len(numbers) < 4:  # noqa: PLR2004 - two corners
        return 0.0, 0.0, 0.0, 0.0
    one, two, three, four = numbers
    return min(one, three), min(two, four), max(one, three), max(two, four)


def _boxes(annotation: Any) -> list[Box]:  # noqa: ANN401 - as above
    numbers = _numbers(annotation, "/QuadPoints")
    quads = [numbers[at : at + 8] for at in range(0, len(numbers) - 7, 8)]
    found = [(min(quad[::2]), min(quad[1::2]), max(quad[::2]), max(quad[1::2])) for quad in quads]
    return found or [_rectangle(annotation)]


def _point(annotation: Any, kind: str) -> tuple[float, float]:  # noqa: ANN401 - as above
    """What a mark points at: the tip of its line, a caret's foot, else its middle or that of its icon."""
    left, bottom, right, top = _rectangle(annotation)
    if len(line := _numbers(annotation, "/CL")) > 1:
        return line[0], line[1]
    if kind == "Caret":
        return (left + right) / 2, top - (top - bottom) * 0.3
    return (left + right) / 2, top - min(10.0, (top - bottom) / 2) if kind == "Text" else (bottom + top) / 2


def _text(annotation: Any) -> str:  # noqa: ANN401 - as above
    """What a mark says: its contents, else its rich text without tags; for a state, the state."""
    if annotation.get("/StateModel") is not None:
        return str(annotation.get("/State", ""))
    text = str(annotation.get("/Contents", "")) or html.unescape(TAGS.sub("", str(annotation.get("/RC", ""))))
    return re.sub(r"\r\n?", "\n", text).strip()


def _date(typed: str) -> str:
    match = DATE.match(typed)
    if match is None:
        return ""
    year, month, day, *time = (each or "00" for each in match.groups())
    return f"{year}-{month}-{day}T{':'.join(time)}"


def _urn(file: pikepdf.Pdf) -> str:
    metadata = file.Root.get("/Metadata")
    if not isinstance(metadata, pikepdf.Stream):
        return ""
    found = re.search(rb"urn:pressgen:[^<\s]+", metadata.read_bytes())
    return found[0].decode("utf-8", "replace") if found else ""


def _active(root: Any) -> bool:  # noqa: ANN401 - as above
    names = root.get("/Names", {})
    return "/OpenAction" in root or any(each in names for each in ("/JavaScript", "/EmbeddedFiles"))
