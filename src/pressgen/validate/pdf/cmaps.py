"""Check the tables of codes of composite fonts.

Source: ISO 14289-1, 7.21.3.1 and 7.21.3.3; ISO 32000-1, 9.7.5.2, table 118 (the CMaps that need not be embedded).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pikepdf import Stream

from pressgen.pdf.objects import LARGEST_TABLE, get_value, list_items, read_int, read_name, read_stream, read_string
from pressgen.validate.pdf.text_state import describe_font_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.pdf.objects import Node
    from pressgen.validate.pdf.paper import PdfFile
    from pressgen.validate.pdf.text_state import Font

IDENTITY = frozenset({"Identity-H", "Identity-V"})
_BY_COLLECTION = {
    "GB1": "GB-EUC GBpc-EUC GBK-EUC GBKp-EUC GBK2K UniGB-UCS2 UniGB-UTF16",
    "CNS1": "B5pc HKscs-B5 ETen-B5 ETenms-B5 CNS-EUC UniCNS-UCS2 UniCNS-UTF16",
    "Japan1": "83pv-RKSJ 90ms-RKSJ 90msp-RKSJ 90pv-RKSJ Add-RKSJ EUC Ext-RKSJ UniJIS-UCS2 UniJIS-UCS2-HW UniJIS-UTF16",
    "Korea1": "KSC-EUC KSCms-UHC KSCms-UHC-HW KSCpc-EUC UniKS-UCS2 UniKS-UTF16",
}
HORIZONTAL_ONLY = {"83pv-RKSJ-V", "90pv-RKSJ-V", "KSCpc-EUC-V"}
COLLECTIONS = {
    f"{name}-{way}": collection
    for collection, names in _BY_COLLECTION.items()
    for name in names.split()
    for way in "HV"
    if f"{name}-{way}" not in HORIZONTAL_ONLY
} | {"H": "Japan1", "V": "Japan1"}
"""The predefined CMaps, with the collection of characters (of Adobe) that each is for."""
WRITING_MODE = re.compile(rb"/WMode\s+(\d+)\s+def\b")
USED = re.compile(rb"/([^\s/]+)\s+usecmap\b")
Fault = tuple[str, str]


def check_cmaps(paper: PdfFile) -> Iterator[Problem]:
    """Check the CMap of each composite font that shows text."""
    for font in paper.drawing.fonts.values():
        if font.wide and font.codes:
            for code, message in _find_cmap_faults(font):
                yield paper.fault(code, message, describe_font_place(font.node, font.page))


def _find_cmap_faults(font: Font) -> Iterator[Fault]:
    cmap = get_value(font.node, "/Encoding")
    name = read_name(cmap)
    if name in IDENTITY:
        return
    if isinstance(cmap, Stream):
        yield from _find_stream_faults(cmap)
        yield from _find_collection_faults(font, get_value(cmap, "/CIDSystemInfo"))
    elif name not in COLLECTIONS:
        yield "MH31-006", f"the font needs a table of codes ({name or 'without a name'}) that is not in the file"
    elif (own := read_string(get_value(_get_system(font), "/Ordering"))) != COLLECTIONS[name]:
        yield "MH31-002", f"the font numbers the characters of {own or 'no collection'}, its codes those of another"


def _find_stream_faults(cmap: Node) -> Iterator[Fault]:
    data = read_stream(cmap, "a font's table of codes", LARGEST_TABLE)
    stated, written = read_int(get_value(cmap, "/WMode"), 0), WRITING_MODE.search(data)
    if stated != (int(written[1]) if written else 0):
        yield "MH31-007", "a table of codes says two things of the direction of writing"
    inner = get_value(cmap, "/UseCMap")
    names = [read_name(inner)] if inner is not None and not isinstance(inner, Stream) else []
    names += [] if isinstance(inner, Stream) else [each.decode("latin-1") for each in USED.findall(data)]
    for name in dict.fromkeys(names):
        if name not in COLLECTIONS and name not in IDENTITY:
            yield "MH31-008", f"a table of codes refers to another one ({name}) that is not in the file"


def _find_collection_faults(font: Font, of_codes: Node) -> Iterator[Fault]:
    own = _get_system(font)
    for code, key in (("MH31-001", "/Registry"), ("MH31-002", "/Ordering")):
        ours, theirs = read_string(get_value(own, key)), read_string(get_value(of_codes, key))
        if ours != theirs:
            yield code, f"the font numbers the characters of {ours or 'none'}, its codes those of {theirs or 'none'}"
    if read_int(get_value(own, "/Supplement"), 0) > read_int(get_value(of_codes, "/Supplement"), 0):
        yield "MH31-003", "the font numbers more characters than its table of codes knows"


def _get_system(font: Font) -> Node:
    """Return what says which characters a font numbers."""
    below = list_items(get_value(font.node, "/DescendantFonts"))
    return get_value(below[0], "/CIDSystemInfo") if below else None


CHECKS = (check_cmaps,)
