"""Make .docx templates with all in them that Word puts there, and look at what comes out."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from houses.inspectorate import base
from houses.parts import HEAD, OFFICE, WORDML, bind
from pressgen.errors import InputError
from pressgen.model.document import Block, iter_leaves
from pressgen.word.blocks import add_paragraph
from pressgen.word.properties import DocumentProperties
from pressgen.word.template import FillContext, WordTemplate
from render.documents import png

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pressgen.word.part_builder import PartBuilder

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in (
        ("w", W[1:-1]),
        ("r", OFFICE),
        ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
        ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
        ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
        ("v", "urn:schemas-microsoft-com:vml"),
        ("w14", "http://schemas.microsoft.com/office/word/2010/wordml"),
    )
)
PLACES = [("header", "default"), ("header", "first"), ("header", "even"), ("footer", "default"), ("footer", "first")]
ROOTS = {"header": "hdr", "footer": "ftr"}
SHOWN = "templates/harbour/release.docx"
IMPRINT = DocumentProperties("Title", "", "Harbour", "en-GB", "urn:pressgen:x:public:r0:0", None, None)


def run(text: str, props: str = "") -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    dress = f"<w:rPr>{props}</w:rPr>" if props else ""
    return f'<w:r>{dress}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(text: str = "", style: str = "", inner: str = "") -> str:
    props = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{props}{run(text) if text else ''}{inner}</w:p>"


def row(*cells: str) -> str:
    inside = (cell if cell.startswith(("<w:p", "<w:tbl")) else p(cell) for cell in cells)
    width = '<w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>'
    return f"<w:tr>{''.join(f'<w:tc>{width}{cell}</w:tc>' for cell in inside)}</w:tr>"


def table(*rows: str) -> str:
    grid = '<w:gridCol w:w="2000"/>' * 2
    props = '<w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
    return f"<w:tbl>{props}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def box(inner: str, number: int = 7) -> str:
    """A text box as Word 2010 and later write it, with its copy for older versions."""
    return f"""<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="2000000" cy="600000"/>
<wp:docPr id="{number}" name="Text Box {number}"/><wp:cNvGraphicFramePr/><a:graphic>
<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="600000"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx>
<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>
<v:shape id="s{number}" type="#_x0000_t202" style="width:157pt;height:47pt"><v:textbox>
<w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""


def note_mark(number: int) -> str:
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'


def note(number: int, text: str) -> str:
    return f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r>{run(" " + text)}</w:p></w:footnote>'


@lru_cache
def _base() -> dict[str, bytes]:
    house = base(png(8, 8))
    return unpack(bind(replace(house, margins=dict.fromkeys(house.margins, "<w:p/>"))))


def docx(body: str, margins: str = "", notes: str = "", extra: Mapping[str, bytes] | None = None) -> bytes:
    """A template; `margins` stands in every header and footer, `notes` are footnotes, `extra` are parts."""
    parts = dict(_base())
    types, rels = parts["[Content_Types].xml"].decode(), parts["word/_rels/document.xml.rels"].decode()
    section = (re.search("<w:pgSz .*?/><w:pgMar .*?/>", parts["word/document.xml"].decode()) or [""])[0]
    added: list[tuple[str, str, str]] = []
    references = ""
    for place, page in PLACES if margins else []:
        name = f"x{place}{page}"
        added.append((name, place, f"{HEAD}<w:{ROOTS[place]} {SPACES}>{margins}</w:{ROOTS[place]}>"))
        references += f'<w:{place}Reference w:type="{page}" r:id="{name}"/>'
    if notes:
        added.append(("footnotes", "footnotes", f"{HEAD}<w:footnotes {SPACES}>{SEPARATORS}{notes}</w:footnotes>"))
    for name, kind, xml in added:
        parts[f"word/{name}.xml"] = xml.encode()
        override = f'<Override PartName="/word/{name}.xml" ContentType="{WORDML}.{kind}+xml"/>'
        types = types.replace("</Types>", f"{override}</Types>")
        relation = f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{name}.xml"/>'
        rels = rels.replace("</Relationships>", f"{relation}</Relationships>")
    first = "<w:titlePg/>" if margins else ""
    document = f"<w:body>{body}<w:sectPr>{references}{section}{first}</w:sectPr></w:body>"
    parts["word/document.xml"] = f"{HEAD}<w:document {SPACES}>{document}</w:document>".encode()
    parts |= {"[Content_Types].xml": types.encode(), "word/_rels/document.xml.rels": rels.encode()}
    return pack(parts | dict(extra or {}))


SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
)


def pack(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def set_plainly(sheet: PartBuilder, home: etree._Element, blocks: Sequence[Block]) -> None:
    """Every leaf in a paragraph of body text."""
    for leaf in iter_leaves(blocks):
        sheet.leaf(add_paragraph(home, "BodyText"), leaf)


def filled(body: str, values: Mapping[str, object] | None = None, notes: str = "", margins: str = "") -> bytes:
    """A template of `body`, filled."""
    template = WordTemplate.load(docx(body, margins, notes), SHOWN)
    return template.render(FillContext(values or {}, {}, (), IMPRINT), set_plainly)


def faults(body: str, values: Mapping[str, object] | None = None, notes: str = "", margins: str = "") -> list[str]:
    """What is said when a template is filled."""
    try:
        filled(body, values, notes, margins)
    except InputError as refusal:
        return [str(problem).removeprefix(f"{SHOWN}: ") for problem in refusal.problems]
    return []


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(unpack(data)[name])


def texts(data: bytes, name: str = "word/document.xml") -> list[str]:
    """The text of each paragraph, text boxes in their newer copy only; read without pressgen's own reader."""
    root = part(data, name)
    for old in list(root.iter("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")):
        old.getparent().remove(old)  # type: ignore[union-attr]  # it has one
    signs = {W + "tab": "\t", W + "br": "\n"}
    found = []
    for paragraph in root.iter(W + "p"):
        held = [
            node
            for node in paragraph.iter(*signs, W + "t")
            if next(node.iterancestors(W + "p")) is paragraph and node.getparent().tag == W + "r"  # type: ignore[union-attr]
        ]
        found.append("".join(signs.get(str(node.tag), node.text or "") for node in held))
    return found
