"""The annotations of a PDF from an editor, read with care: nothing in a damaged file has a type to rely on.

Quadrilaterals are read by their bounding boxes: all large programs order the corners against ISO 32000-1, 12.5.6.10.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pikepdf

from pressgen.errors import Place, Problem, Refused
from pressgen.pdf.drawing_size import refuse_too_much_drawing
from pressgen.pdf.objects import (
    DAMAGED,
    LARGEST_TABLE,
    TooMuch,
    content,
    describe_damage,
    items,
    key,
    open_bounded,
    read_float,
    text,
    value,
    word,
)
from pressgen.pdf.text import NotAPdf, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.pdf.glyphs import Box

MOST = 20_000
SILENT = {"Popup", "Link", "Widget", "PrinterMark", "TrapNet", "Watermark"}
"""Subtypes that are no editor's mark (ISO 32000-1, table 169)."""
DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})(\d{2})?(\d{2})?(\d{2})?")
TAGS = re.compile(r"<[^>]*>")


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
        shown: what messages call it.
        flat: whether it was printed again, or bears no mark: then words of marks may have become part of its pages.
    """

    urn: str
    marks: list[Mark]
    notices: list[str]
    data: bytes = field(repr=False)
    shown: str
    flat: bool = False


def read_marks(data: bytes, shown: str) -> Marked:
    """The marks on a PDF; `shown` is what messages call it.

    Raises:
        Refused: it is no PDF, has a password, or holds more marks than an editor makes.
    """
    try:
        with open_bounded(data) as file:
            refuse_too_much_drawing(file)
            _refuse_a_scan(file, shown)
            marks, tagged = list(_marks(file, shown)), value(file.Root, "/StructTreeRoot") is not None
            notices = ["holds scripts or files; they were not opened"] if _active(file.Root) else []
            notices += [*_notices(marks, tagged=tagged), *_damage(file)]
            return Marked(_urn(file), marks, notices, data, shown, flat=not (marks and tagged))
    except pikepdf.PasswordError:
        message = "has a password; save it without one"
        raise Refused([Problem(code="M02", message=message, place=Place(shown))]) from None
    except TooMuch as error:
        message = f"is too large to be a release: {error} is beyond any; make a smaller file"
        raise Refused([Problem(code="M03", message=message, place=Place(shown))]) from None
    except DAMAGED as error:
        raise Refused([damaged(shown, error)]) from None


def read_words(data: bytes, shown: str) -> str:
    """All text of a PDF, a page a line; `shown` is what messages call it.

    Raises:
        Refused: a page cannot be read.
    """
    try:
        return "\n".join(read_text(data))
    except NotAPdf as error:
        raise Refused([damaged(shown, error)]) from None


def damaged(shown: str, error: Exception) -> Problem:
    """The problem of a file that cannot be read, or not to its end."""
    message = f"is no PDF that can be read to its end: {describe_damage(error)}; save it anew, or ask for it once more"
    return Problem(code="M01", message=message, place=Place(shown))


def _marks(file: pikepdf.Pdf, shown: str) -> Iterator[Mark]:
    raw: list[tuple[int, Any]] = []
    for at, page in enumerate(file.pages):
        raw += [(at, each) for each in items(value(page.obj, "/Annots")) if isinstance(each, pikepdf.Dictionary)]
        if len(raw) > MOST:
            message = f"holds more than {MOST:,} marks, which is beyond any editor"
            raise Refused([Problem(code="M03", message=message, place=Place(shown))])
    names = {key(each): _name(each, at) for at, (_, each) in enumerate(raw) if key(each) != (0, 0)}
    for at, (page_number, each) in enumerate(raw):
        kind = word(value(each, "/Subtype")) or "Unknown"
        if kind in SILENT:
            continue
        parent, dated = _dictionary(value(each, "/IRT")), _string(each, "/M") or _string(each, "/CreationDate")
        yield Mark(
            name=_name(each, at), kind=kind, page=page_number, boxes=_boxes(each), point=_point(each, kind),
            text=_text(each), author=_string(each, "/T"), date=_date(dated),
            answers="" if parent is None else names.get(key(parent), ""),
            grouped=parent is not None and word(value(each, "/RT")) == "Group",
        )  # fmt: skip


def _notices(marks: Sequence[Mark], *, tagged: bool) -> list[str]:
    """What the person should know of a file that was printed again, or bears no mark."""
    if marks:
        return (
            [] if tagged else ["was saved anew by a printing program; its marks are told, and so is what it says else"]
        )
    how = "bears no mark" if tagged else "was printed again"
    return [f"{how}; what was drawn on its pages cannot be read as marks, look at it; words that differ are listed"]


def _damage(file: pikepdf.Pdf) -> Iterator[str]:
    """What had to be mended to read the file, and marks that are named on a page and are not there."""
    named = [each for page in file.pages for each in items(value(page.obj, "/Annots"))]
    lost = sum(not isinstance(each, pikepdf.Dictionary) for each in named)
    if lost or file.get_warnings():
        what = f"is damaged, and lacks {lost} of its marks" if lost else "is damaged in places"
        yield f"{what}; what stood there is not told: ask for the file saved anew"


def _refuse_a_scan(file: pikepdf.Pdf, shown: str) -> None:
    if not any(word(value(each, "/Type")) == "Font" for each in file.objects):
        message = "shows pictures of pages and holds no text, as a scan does; ask for the file itself"
        raise Refused([Problem(code="M01", message=message, place=Place(shown))])


def _dictionary(found: Any) -> Any:  # noqa: ANN401 - pikepdf has no types
    return found if isinstance(found, pikepdf.Dictionary) else None


def _name(annotation: Any, at: int) -> str:  # noqa: ANN401 - pikepdf has no types
    return _string(annotation, "/NM") or f"mark {at + 1}"


def _string(annotation: Any, name: str) -> str:  # noqa: ANN401 - as above
    return text(value(annotation, name))


def _numbers(annotation: Any, name: str) -> list[float]:  # noqa: ANN401 - as above
    """The numbers of an entry; none where it is none of numbers, as in a damaged file."""
    found = [read_float(each) for each in items(value(annotation, name))]
    return [] if None in found else [each for each in found if each is not None]


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
    if value(annotation, "/StateModel") is not None:
        return _string(annotation, "/State")
    said = _string(annotation, "/Contents") or html.unescape(TAGS.sub("", _string(annotation, "/RC")))
    return re.sub(r"\r\n?", "\n", said).strip()


def _date(typed: str) -> str:
    match = DATE.match(typed)
    if match is None:
        return ""
    year, month, day, *time = (each or "00" for each in match.groups())
    return f"{year}-{month}-{day}T{':'.join(time)}"


def _urn(file: pikepdf.Pdf) -> str:
    packet = content(value(file.Root, "/Metadata"), "its metadata", LARGEST_TABLE)
    found = re.search(rb"urn:pressgen:[^<\s]+", packet)
    return found[0].decode("utf-8", "replace") if found else ""


def _active(root: Any) -> bool:  # noqa: ANN401 - as above
    names = value(root, "/Names")
    return value(root, "/OpenAction") is not None or any(
        value(names, each) is not None for each in ("/JavaScript", "/EmbeddedFiles")
    )
