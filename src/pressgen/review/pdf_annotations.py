"""Read the annotations of a PDF from an editor.

Nothing in a damaged file is sure to have the right type. Quadrilaterals are read by their bounding boxes, because all
large programs order the corners against ISO 32000-1, 12.5.6.10.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pikepdf

from pressgen.errors import InputError, Place, Problem
from pressgen.pdf.drawing_size import check_drawing_size
from pressgen.pdf.objects import (
    DAMAGED,
    LARGEST_TABLE,
    PdfTooLargeError,
    describe_damage,
    get_object_key,
    get_value,
    list_items,
    open_bounded,
    read_float,
    read_name,
    read_stream,
    read_string,
)
from pressgen.pdf.text import NotAPdfError, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.pdf.glyphs import Box

MOST = 20_000
SILENT = {"Link", "Widget", "PrinterMark", "TrapNet", "Watermark"}
"""Subtypes that no editor uses (ISO 32000-1, table 169)."""
DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})(\d{2})?(\d{2})?(\d{2})?")
TAGS = re.compile(r"<[^>]*>")
ENDS = re.compile(r"</p>|</div>|<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PdfAnnotation:
    """One annotation of a PDF page.

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
class AnnotatedPdf:
    """A PDF with annotations that an editor returned.

    Attributes:
        urn: the URN of our copy that it contains, or empty.
        shown: the name of the file in messages.
        flat: whether it was printed again, or has no annotation: then words of annotations may be part of its pages.
    """

    urn: str
    marks: list[PdfAnnotation]
    notices: list[str]
    data: bytes = field(repr=False)
    shown: str
    flat: bool = False


def read_annotations(data: bytes, shown: str) -> AnnotatedPdf:
    """Read the annotations of a PDF.

    `shown` is the name of the file in messages.

    Raises:
        InputError: it is not a PDF, has a password, or holds more marks than an editor makes.
    """
    try:
        with open_bounded(data) as file:
            check_drawing_size(file)
            _refuse_scan(file, shown)
            marks, tagged = list(_read_annotations(file, shown)), get_value(file.Root, "/StructTreeRoot") is not None
            notices = ["contains scripts or files; they were not opened"] if _has_active_content(file.Root) else []
            notices += [*_notices(marks, tagged=tagged), *_list_damage(file)]
            return AnnotatedPdf(_urn(file), marks, notices, data, shown, flat=not (marks and tagged))
    except pikepdf.PasswordError:
        message = "has a password; save it without one"
        raise InputError([Problem(code="M02", message=message, place=Place(shown))]) from None
    except PdfTooLargeError as error:
        message = f"is too large to be a release ({error}); make a smaller file"
        raise InputError([Problem(code="M03", message=message, place=Place(shown))]) from None
    except DAMAGED as error:
        raise InputError([make_damage_problem(shown, error)]) from None


def read_pdf_text(data: bytes, shown: str) -> str:
    """Return the whole text of a PDF, each page on one line.

    `shown` is the name of the file in messages.

    Raises:
        InputError: a page cannot be read.
    """
    try:
        return "\n".join(read_text(data))
    except NotAPdfError as error:
        raise InputError([make_damage_problem(shown, error)]) from None


def make_damage_problem(shown: str, error: Exception) -> Problem:
    """Return the problem to report for a damaged PDF."""
    message = f"cannot be read completely as a PDF: {describe_damage(error)}; save it again, or ask for a new copy"
    return Problem(code="M01", message=message, place=Place(shown))


def _read_annotations(file: pikepdf.Pdf, shown: str) -> Iterator[PdfAnnotation]:
    raw: list[tuple[int, Any]] = []
    for at, page in enumerate(file.pages):
        raw += [
            (at, each) for each in list_items(get_value(page.obj, "/Annots")) if isinstance(each, pikepdf.Dictionary)
        ]
        if len(raw) > MOST:
            message = f"has more than {MOST:,} marks, which is too many to read; ask for a file with fewer"
            raise InputError([Problem(code="M03", message=message, place=Place(shown))])
    own = _list_names([each for _, each in raw])
    names = {
        get_object_key(each): name for name, (_, each) in zip(own, raw, strict=True) if get_object_key(each) != (0, 0)
    }
    for at, (page_number, each) in enumerate(raw):
        kind = read_name(get_value(each, "/Subtype")) or "Unknown"
        if kind in SILENT:
            continue
        text = _text(each)
        if kind == "Popup":
            parent = _dictionary(get_value(each, "/Parent"))
            if not text or (parent is not None and text in _text(parent)):
                continue  # as most: it is the window of its parent's text
        else:
            parent = _dictionary(get_value(each, "/IRT"))
        dated = _string(each, "/M") or _string(each, "/CreationDate")
        yield PdfAnnotation(
            name=own[at], kind=kind, page=page_number, boxes=_boxes(each), point=_point(each, kind),
            text=text, author=_string(each, "/T"), date=_date(dated),
            answers="" if parent is None else names.get(get_object_key(parent), ""),
            grouped=parent is not None and read_name(get_value(each, "/RT")) == "Group",
        )  # fmt: skip


def _notices(marks: Sequence[PdfAnnotation], *, tagged: bool) -> list[str]:
    if marks:
        return [] if tagged else ["was saved again by a printing program; its marks and its other changes are listed"]
    how = "has no mark" if tagged else "was printed again"
    return [f"{how}; anything drawn on its pages cannot be read as marks, so look at them; changed words are listed"]


def _list_damage(file: pikepdf.Pdf) -> Iterator[str]:
    """List repairs made while reading, and annotations that are missing."""
    named = [each for page in file.pages for each in list_items(get_value(page.obj, "/Annots"))]
    lost = sum(not isinstance(each, pikepdf.Dictionary) for each in named)
    if lost or file.get_warnings():
        what = f"is damaged, and is missing {lost} of its marks" if lost else "is damaged in places"
        yield f"{what}; those parts could not be read: ask for a newly saved file"


def _refuse_scan(file: pikepdf.Pdf, shown: str) -> None:
    if not any(read_name(get_value(each, "/Type")) == "Font" for each in file.objects):
        message = "contains pictures of pages and no text, like a scan; ask for the original file"
        raise InputError([Problem(code="M01", message=message, place=Place(shown))])


def _dictionary(found: Any) -> Any:  # noqa: ANN401 - pikepdf has no types
    return found if isinstance(found, pikepdf.Dictionary) else None


def _list_names(annotations: Sequence[Any]) -> list[str]:
    """List a name for each annotation; no two are alike.

    Some programs count their names anew on each page.
    """
    typed = [_string(each, "/NM") for each in annotations]
    shared = {name for name, count in Counter(typed).items() if count > 1}
    return [name if name and name not in shared else f"{name or 'mark'} {at}" for at, name in enumerate(typed, 1)]


def _string(annotation: Any, name: str) -> str:  # noqa: ANN401 - as above
    return read_string(get_value(annotation, name))


def _numbers(annotation: Any, name: str) -> list[float]:  # noqa: ANN401 - as above
    """Return the numbers of an entry.

    The result is empty where the entry holds anything else, as in a damaged file.
    """
    found = [read_float(each) for each in list_items(get_value(annotation, name))]
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
    """Return the point that an annotation refers to.

    It is the tip of a line, the foot of a caret, else the middle of the annotation or its icon.
    """
    left, bottom, right, top = _rectangle(annotation)
    if len(line := _numbers(annotation, "/CL")) > 1:
        return line[0], line[1]
    if kind == "Caret":
        return (left + right) / 2, top - (top - bottom) * 0.3
    return (left + right) / 2, top - min(10.0, (top - bottom) / 2) if kind == "Text" else (bottom + top) / 2


def _text(annotation: Any) -> str:  # noqa: ANN401 - as above
    """Return the text of an annotation.

    It is its contents, and its rich text without tags where that says something else; for a state, the state.
    """
    if get_value(annotation, "/StateModel") is not None:
        return _string(annotation, "/State")
    plain = re.sub(r"\r\n?", "\n", _string(annotation, "/Contents")).strip()
    rich = html.unescape(TAGS.sub("", ENDS.sub("\n", _read_rich_text(annotation))))
    rich = "\n".join(filter(None, (" ".join(line.split()) for line in rich.splitlines())))
    one, other = "".join(plain.split()), "".join(rich.split())
    if other in one:
        return plain
    return rich if one in other else f"{plain}\n{rich}"


def _read_rich_text(annotation: Any) -> str:  # noqa: ANN401 - as above
    """Return the rich text of an annotation.

    It is a string or a stream (ISO 32000-1, 12.5.6.2).
    """
    found = get_value(annotation, "/RC")
    if isinstance(found, pikepdf.Stream):
        return read_stream(found, "the text of a mark", LARGEST_TABLE).decode("utf-8", "replace")
    return read_string(found)


def _date(typed: str) -> str:
    match = DATE.match(typed)
    if match is None:
        return ""
    year, month, day, *time = (each or "00" for each in match.groups())
    return f"{year}-{month}-{day}T{':'.join(time)}"


def _urn(file: pikepdf.Pdf) -> str:
    packet = read_stream(get_value(file.Root, "/Metadata"), "its metadata", LARGEST_TABLE)
    found = re.search(rb"urn:pressgen:[^<\s]+", packet)
    return found[0].decode("utf-8", "replace") if found else ""


def _has_active_content(root: Any) -> bool:  # noqa: ANN401 - as above
    names = get_value(root, "/Names")
    return get_value(root, "/OpenAction") is not None or any(
        get_value(names, each) is not None for each in ("/JavaScript", "/EmbeddedFiles")
    )
