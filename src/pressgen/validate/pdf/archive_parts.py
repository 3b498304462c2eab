"""The parts of a file that claims PDF/A: streams, pictures, graphics, annotations, actions.

Source: ISO 19005-3, as in `archive`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Stream

from pressgen.pdf.objects import MOST_WAITING, TooMuch, items, number, value, word
from pressgen.validate.pdf.colours import intended, misfit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressgen.errors import Problem
    from pressgen.pdf.objects import Node
    from pressgen.validate.pdf.paper import Paper

FILTERS = frozenset(
    "ASCIIHexDecode ASCII85Decode FlateDecode RunLengthDecode CCITTFaxDecode JBIG2Decode DCTDecode JPXDecode"
    " AHx A85 Fl RL CCF DCT".split()
)
"""Ways to pack a stream that an archive takes: those of ISO 32000-1, table 6, without LZW and Crypt."""
BLENDS = frozenset(
    "Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference"
    " Exclusion Hue Saturation Color Luminosity".split()
)
INTENTS = {"", "RelativeColorimetric", "AbsoluteColorimetric", "Perceptual", "Saturation"}
ACTIONS = frozenset(
    "Launch Sound Movie ResetForm ImportData Hide SetOCGState Rendition Trans GoTo3DView JavaScript set-state"
    " no-op".split()
)
NAMED = {"NextPage", "PrevPage", "FirstPage", "LastPage"}
UNFIT = {"3D", "Sound", "Screen", "Movie"}
PRINT, UNSEEN = 4, 1 | 2 | 32 | 256
"""Flags of annotations: Print; and Invisible, Hidden, NoView, ToggleNoView (ISO 32000-1, table 165)."""
GRAPHICS = {"/BM", "/HTP", "/TR", "/TR2", "/RI"}
LONG = {"/W", "/Widths", "/Nums", "/Limits", "/K", "/Kids"}
"""Arrays in which nothing of these stands but what is met in its own right."""
Fault = tuple[str, str]


def parts(paper: Paper) -> Iterator[Problem]:
    """Every dictionary and stream of the file, whoever uses it."""
    meant, seen = intended(paper), 0
    for node in paper.pdf.objects:
        for each in _within(node):
            seen += 1
            if seen > MOST_WAITING:
                raise TooMuch("the number of its objects")
            inside = f"object {node.objgen[0]}"
            for code, message in _faults(each):
                yield paper.fault(code, message, inside)
            if word(value(each, "/Subtype")) == "Image" and (message := misfit(value(each, "/ColorSpace"), meant)):
                yield paper.fault("A3-6.2.4.3", message, inside)


def on_pages(paper: Paper) -> Iterator[Problem]:
    """Annotations are of kinds that last, are printed, and look as the file says (6.3)."""
    for count, page in enumerate(paper.pages, 1):
        for node in items(value(page, "/Annots")):
            for code, message in _of_annotation(node):
                yield paper.fault(code, message, f"page {count}")


def _within(node: Node) -> Iterator[Node]:
    """The dictionaries and streams of an object, without the structure, in which nothing of these stands."""
    waiting = [node]
    while waiting:
        at = waiting.pop()
        if isinstance(at, Array):
            inner: Iterable[Node] = at
        elif isinstance(at, Dictionary | Stream) and not ("/S" in at and "/P" in at):
            yield at
            inner = [each for name, each in at.items() if name not in LONG]
        else:
            continue
        waiting += [each for each in inner if isinstance(each, Array | Dictionary) and not each.is_indirect]


def _faults(node: Node) -> Iterator[Fault]:
    if isinstance(node, Stream):
        yield from _of_stream(node)
    action = word(value(node, "/S"))
    if action in ACTIONS:
        yield "A3-6.5.1", f"an action that no archive keeps ({action})"
    elif action == "Named" and word(value(node, "/N")) not in NAMED:
        yield "A3-6.5.1", f"an action of an unknown name ({word(value(node, '/N'))})"
    if not action and not GRAPHICS.isdisjoint(node.keys()):
        yield from _of_graphics(node)


def _of_stream(node: Node) -> Iterator[Fault]:
    if any(value(node, each) is not None for each in ("/F", "/FFilter", "/FDecodeParms")):
        yield "A3-6.1.7", "what it holds lies in another file"
    for each in items(value(node, "/Filter")):
        if word(each) not in FILTERS:
            yield "A3-6.1.7", f"is packed in a way that no archive takes ({word(each)})"
    match word(value(node, "/Subtype")):
        case "Image":
            yield from _of_picture(node)
        case "Form":
            if any(value(node, each) is not None for each in ("/OPI", "/PS", "/Ref")):
                yield "A3-6.2.9", "a drawing that refers to another file, or holds PostScript"
        case "PS":
            yield "A3-6.2.9", "a piece of PostScript"
        case _:
            pass


def _of_picture(node: Node) -> Iterator[Fault]:
    if value(node, "/Interpolate") is True:
        yield "A3-6.2.8", "a picture that readers may smooth as they like"
    if any(value(node, each) is not None for each in ("/Alternates", "/OPI")):
        yield "A3-6.2.8", "a picture with another in its place"
    if number(value(node, "/BitsPerComponent"), 8) not in {1, 2, 4, 8, 16}:
        yield "A3-6.2.8", "a picture with an unknown depth of colour"
    if word(value(node, "/Intent")) not in INTENTS:
        yield "A3-6.2.6", f"an unknown rendering intent ({word(value(node, '/Intent'))})"


def _of_graphics(node: Node) -> Iterator[Fault]:
    if value(node, "/TR") is not None or word(value(node, "/TR2")) not in {"", "Default"}:
        yield "A3-6.2.5", "a transfer function, which changes colours on the way to the paper"
    if value(node, "/HTP") is not None:
        yield "A3-6.2.5", "an origin for halftones"
    if word(value(node, "/RI")) not in INTENTS:
        yield "A3-6.2.6", f"an unknown rendering intent ({word(value(node, '/RI'))})"
    for blend in items(value(node, "/BM")):
        if word(blend) not in BLENDS:
            yield "A3-6.2.10", f"an unknown way to blend colours ({word(blend)})"


def _of_annotation(node: Node) -> Iterator[Fault]:
    kind, flags = word(value(node, "/Subtype")), value(node, "/F")
    if kind in UNFIT:
        yield "A3-6.3.1", f"an annotation that no archive keeps ({kind})"
    if kind == "Popup":
        return
    if not isinstance(flags, int) or not flags & PRINT or flags & UNSEEN:
        yield "A3-6.3.2", "an annotation that is not printed, or not seen"
    corners = [float(each) for each in items(value(node, "/Rect"))]
    looks = value(node, "/AP")
    if looks is None and kind != "Link" and corners[:2] != corners[2:]:
        yield "A3-6.3.3", f"an annotation ({kind}) that looks as the reader likes"
    if looks is not None and set(looks.keys()) != {"/N"}:
        yield "A3-6.3.3", "an annotation that looks otherwise when the mouse is on it"
    if kind == "Widget" and (value(node, "/A") is not None or value(node, "/AA") is not None):
        yield "A3-6.4.1", "a field of a form that does something"


CHECKS = (parts, on_pages)
