"""Check the parts of a PDF/A file.

These are streams, pictures, graphics, annotations and actions. Source: ISO 19005-3, as in `pdfa`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pikepdf import Stream

from pressgen.pdf.objects import (
    MOST_WAITING,
    PdfTooLargeError,
    get_value,
    iterate_dictionaries,
    list_items,
    read_int,
    read_name,
)
from pressgen.validate.pdf.colours import describe_colour_mismatch, list_intended_colours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.pdf.objects import Node
    from pressgen.validate.pdf.paper import PdfFile

FILTERS = frozenset(
    "ASCIIHexDecode ASCII85Decode FlateDecode RunLengthDecode CCITTFaxDecode JBIG2Decode DCTDecode JPXDecode"
    " AHx A85 Fl RL CCF DCT".split()
)
"""Compressions that PDF/A allows: those of ISO 32000-1, table 6, without LZW and Crypt."""
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
Fault = tuple[str, str]


def check_objects(paper: PdfFile) -> Iterator[Problem]:
    """Check every dictionary and stream of the file."""
    meant, seen = list_intended_colours(paper), 0
    for node in paper.pdf.objects:
        for each in iterate_dictionaries(node):
            seen += 1
            if seen > MOST_WAITING:
                raise PdfTooLargeError("the number of its objects")
            inside = f"object {node.objgen[0]}"
            for code, message in _find_faults(each):
                yield paper.fault(code, message, inside)
            if read_name(get_value(each, "/Subtype")) == "Image" and (
                message := describe_colour_mismatch(get_value(each, "/ColorSpace"), meant)
            ):
                yield paper.fault("A3-6.2.4.3", message, inside)


def check_annotations(paper: PdfFile) -> Iterator[Problem]:
    """Check the kinds, flags and appearance of annotations (6.3)."""
    for count, page in enumerate(paper.pages, 1):
        for node in list_items(get_value(page, "/Annots")):
            for code, message in _find_annotation_faults(node):
                yield paper.fault(code, message, f"page {count}")


def _find_faults(node: Node) -> Iterator[Fault]:
    if isinstance(node, Stream):
        yield from _find_stream_faults(node)
    action = read_name(get_value(node, "/S"))
    if action in ACTIONS:
        yield "A3-6.5.1", f"an action that an archive does not allow ({action})"
    elif action == "Named" and read_name(get_value(node, "/N")) not in NAMED:
        yield "A3-6.5.1", f"an action of an unknown name ({read_name(get_value(node, '/N'))})"
    if not action and not GRAPHICS.isdisjoint(node.keys()):
        yield from _find_graphics_faults(node)


def _find_stream_faults(node: Node) -> Iterator[Fault]:
    if any(get_value(node, each) is not None for each in ("/F", "/FFilter", "/FDecodeParms")):
        yield "A3-6.1.7", "its contents are in another file"
    for each in list_items(get_value(node, "/Filter")):
        if read_name(each) not in FILTERS:
            yield "A3-6.1.7", f"is compressed in a way that an archive does not allow ({read_name(each)})"
    match read_name(get_value(node, "/Subtype")):
        case "Image":
            yield from _find_picture_faults(node)
        case "Form":
            if any(get_value(node, each) is not None for each in ("/OPI", "/PS", "/Ref")):
                yield "A3-6.2.9", "a drawing that refers to another file, or holds PostScript"
        case "PS":
            yield "A3-6.2.9", "a piece of PostScript"
        case _:
            pass


def _find_picture_faults(node: Node) -> Iterator[Fault]:
    if get_value(node, "/Interpolate") is True:
        yield "A3-6.2.8", "a picture with interpolation, which programs show differently"
    if any(get_value(node, each) is not None for each in ("/Alternates", "/OPI")):
        yield "A3-6.2.8", "a picture with another in its place"
    if read_int(get_value(node, "/BitsPerComponent"), 8) not in {1, 2, 4, 8, 16}:
        yield "A3-6.2.8", "a picture with an unknown depth of colour"
    if read_name(get_value(node, "/Intent")) not in INTENTS:
        yield "A3-6.2.6", f"an unknown rendering intent ({read_name(get_value(node, '/Intent'))})"


def _find_graphics_faults(node: Node) -> Iterator[Fault]:
    if get_value(node, "/TR") is not None or read_name(get_value(node, "/TR2")) not in {"", "Default"}:
        yield "A3-6.2.5", "a transfer function, which changes colours in print"
    if get_value(node, "/HTP") is not None:
        yield "A3-6.2.5", "an origin for halftones"
    if read_name(get_value(node, "/RI")) not in INTENTS:
        yield "A3-6.2.6", f"an unknown rendering intent ({read_name(get_value(node, '/RI'))})"
    for blend in list_items(get_value(node, "/BM")):
        if read_name(blend) not in BLENDS:
            yield "A3-6.2.10", f"an unknown way to blend colours ({read_name(blend)})"


def _find_annotation_faults(node: Node) -> Iterator[Fault]:
    kind, flags = read_name(get_value(node, "/Subtype")), get_value(node, "/F")
    if kind in UNFIT:
        yield "A3-6.3.1", f"an annotation that an archive does not allow ({kind})"
    if kind == "Popup":
        return
    if not isinstance(flags, int) or not flags & PRINT or flags & UNSEEN:
        yield "A3-6.3.2", "an annotation that is not printed, or not seen"
    corners = [float(each) for each in list_items(get_value(node, "/Rect"))]
    looks = get_value(node, "/AP")
    if looks is None and kind != "Link" and corners[:2] != corners[2:]:
        yield "A3-6.3.3", f"an annotation ({kind}) without a fixed appearance"
    if looks is not None and set(looks.keys()) != {"/N"}:
        yield "A3-6.3.3", "an annotation that looks different under the mouse"
    if kind == "Widget" and (get_value(node, "/A") is not None or get_value(node, "/AA") is not None):
        yield "A3-6.4.1", "a form field that runs an action"


CHECKS = (check_objects, check_annotations)
