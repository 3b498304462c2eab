"""Make one person's copy of a finished Word file.

The copy has a line at the foot of every page, and a mark in its properties and its text. The text itself is not
touched. Bookmark and property stay when somebody saves the file under another name; the line stays also when it is
printed.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from docx.shared import Pt, RGBColor
from lxml import etree

from pressgen.model.mark import format_mark_line
from pressgen.word.archive import ZipEntry, write_zip
from pressgen.word.names import END, ID, NAME, RELATIONSHIP, START, TYPES, P, W, add_element, read_int, serialise_xml
from pressgen.word.package import CONTENT_TYPES, NO_RELS, NO_TYPES, ROOT_RELS, Package
from pressgen.word.package_parts import CUSTOM_PART, OVERRIDES, RELATED
from pressgen.word.properties import CUSTOM, FIRST_PID, USER_DEFINED, VARIANTS, make_empty_custom_properties
from pressgen.word.python_docx import collect_parts, edit_document, iterate_margins

if TYPE_CHECKING:
    from docx.section import _Footer, _Header

    from pressgen.word.names import Element

BOOKMARK, PROPERTY, RELATION = "_pgcopy_", "pressgen copy", "pgcopy"
CUSTOM_PROPERTIES = "custom-properties"
QUIET, SIZE = RGBColor(0x59, 0x59, 0x59), Pt(7)
"""A grey with a contrast of 7 to 1 on white; the size of the line."""


def make_personal_copy(data: bytes, mark: str, holder: str) -> bytes:
    """Return the copy of a Word file that belongs to one person.

    The same mark and holder give the same bytes each time.

    Raises:
        InputError: it is not a Word file.
    """
    package, footers = _prepare_copies(data)
    parts = dict(package.parts)
    for name in footers:
        footer = package.xml(name)
        add_element(footer[-1][-1], "t").text = format_mark_line(mark, holder)
        parts[name] = serialise_xml(footer)
    body = package.xml(package.body)
    _add_bookmark(body, mark)
    parts[package.body] = serialise_xml(body)
    name = package.related("")[CUSTOM_PROPERTIES]
    custom = package.xml(name)
    _add_property(custom, mark)
    parts[name] = serialise_xml(custom)
    return write_zip({name: _pack_part(name, content) for name, content in parts.items()})


@lru_cache(maxsize=2)
def _prepare_copies(data: bytes) -> tuple[Package, list[str]]:
    """Give every footer a paragraph for the line, and name the footers.

    The file gets a part of custom properties if it has none. This is done once for all copies.
    """
    package = _with_custom_properties(Package.of(data, "the Word file"))
    with edit_document(package) as document:
        footers = list(iterate_margins(document, "footer"))
        for footer in footers:
            _add_line(footer)
        names = [footer.part.partname.membername for footer in footers]
        return Package(collect_parts(document, package), package.shown), names


def _with_custom_properties(package: Package) -> Package:
    """Return a Word file with custom properties, as its lists name them."""
    if package.related("").get(CUSTOM_PROPERTIES) in package.parts:
        return package
    types, rels = package.xml(CONTENT_TYPES, NO_TYPES), package.xml(ROOT_RELS, NO_RELS)
    for node in [*types, *rels]:
        named = node.get("PartName") == f"/{CUSTOM_PART}" or (node.get("Type") or "").endswith(f"/{CUSTOM_PROPERTIES}")
        if named and (parent := node.getparent()) is not None:
            parent.remove(node)
    etree.SubElement(types, TYPES + "Override", PartName=f"/{CUSTOM_PART}", ContentType=OVERRIDES[CUSTOM_PART])
    etree.SubElement(rels, RELATIONSHIP, Id=RELATION, Type=RELATED[CUSTOM_PART], Target=CUSTOM_PART)
    made = {
        CUSTOM_PART: serialise_xml(make_empty_custom_properties()),
        CONTENT_TYPES: serialise_xml(types),
        ROOT_RELS: serialise_xml(rels),
    }
    return Package({**package.parts, **made}, package.shown)


def _add_line(footer: _Header | _Footer) -> None:
    """Add the paragraph and the run for the line of a copy."""
    root = footer.part.element
    is_blank = len(root) == 1 and not len(root[0])
    paragraph = footer.paragraphs[0] if is_blank else footer.add_paragraph()
    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(3), Pt(0), 1.0
    layout.left_indent = layout.right_indent = layout.first_line_indent = Pt(0)
    run = paragraph.add_run()
    run.font.color.rgb, run.font.size = QUIET, SIZE
    add_element(run.font.element[0], "szCs", val=round(SIZE.pt * 2))  # the size in scripts such as Arabic


def _add_bookmark(body: Element, mark: str) -> None:
    """Hide the mark in a bookmark around the first paragraph.

    Word's lists hide names that begin with a low line.
    """
    first = next(body.iter(P), None)
    if first is None:
        return
    number = str(1 + max((ident for node in body.iter(START) if (ident := read_int(node, ID)) is not None), default=0))
    name = BOOKMARK + mark.replace("-", "")
    properties = 1 if len(first) and first[0].tag == W + "pPr" else 0
    first.insert(properties, etree.Element(START, {ID: number, NAME: name}))
    first.append(etree.Element(END, {ID: number}))


def _add_property(custom: Element, mark: str) -> None:
    tag = f"{{{CUSTOM}}}property"
    used = [pid for node in custom.findall(tag) if (pid := read_int(node, "pid")) is not None]
    number = str(max(used, default=FIRST_PID - 1) + 1)
    node = etree.SubElement(custom, tag, {"fmtid": USER_DEFINED, "pid": number, "name": PROPERTY})
    etree.SubElement(node, f"{{{VARIANTS}}}lpwstr").text = mark


_pack_part = lru_cache(maxsize=64)(ZipEntry.of_part)
"""Most parts are the same in every copy, and are packed once."""
