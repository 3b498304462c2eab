"""Faults made in a good Word file, each with the code that must tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validate.good import BODY, CORE, NUMBERING, SETTINGS, STYLES, TYPES, edited, parts, related, word, zipped

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = '<w:t xml:space="preserve">'
RUN = f"<w:r>{TEXT}"
SECTION = "<w:sectPr>"
ROW = "<w:p><w:r><w:t>x</w:t></w:r></w:p>"


def inserted(xml: str) -> Callable[[], bytes]:
    """The good file with something before the last section's properties."""
    return lambda: edited(BODY, SECTION, xml + SECTION)


def change(part: str, old: str, new: str) -> Callable[[], bytes]:
    return lambda: edited(part, old, new)


def without(part: str) -> Callable[[], bytes]:
    return lambda: zipped({name: data for name, data in parts(word()).items() if name != part})


def restyled(old: str, new: str, tag: str = "pStyle") -> Callable[[], bytes]:
    return change(BODY, f'<w:{tag} w:val="{old}"/>', f'<w:{tag} w:val="{new}"/>')


def relation(kind: str, target: str, *, outside: bool = False, part: bytes | None = None) -> Callable[[], bytes]:
    return lambda: related(kind, target, outside=outside, part=part)


def without_title() -> bytes:
    return edited(CORE, "<dc:title>Harbour schools teach navigation well, but too few girls take part", "<dc:title>")


def rooted(kind: str) -> bytes:
    content = parts(word())
    more = f'<Relationship Id="t" Type="http://example.org/{kind}" Target="docProps/core.xml"/></Relationships>'
    content["_rels/.rels"] = content["_rels/.rels"].replace(b"</Relationships>", more.encode())
    return zipped(content)


def commented() -> bytes:
    xml = f'<w:comments xmlns:w="{W}"><w:comment w:id="1" w:author="A. Editor"/></w:comments>'
    return related("comments", "comments.xml", part=xml.encode())


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CHANGES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "two bookmarks with one number": ("WD01", change(BODY, '<w:bookmarkStart w:id="2"', '<w:bookmarkStart w:id="1"')),
    "two bookmarks with one name": (
        "WD01", inserted('<w:p><w:bookmarkStart w:id="901" w:name="x"/><w:bookmarkStart w:id="902" w:name="X"/></w:p>')
    ),
    "two pictures with one number": ("WD01", change(BODY, '<wp:docPr id="2"', '<wp:docPr id="1"')),
    "a style that is defined twice": ("WD01", change(STYLES, 'w:styleId="Heading2"', 'w:styleId="Heading1"')),
    "a list that is defined twice": (
        "WD01", change(NUMBERING, "</w:numbering>", '<w:num w:numId="1"/><w:num w:numId="1"/></w:numbering>')
    ),
    "a bookmark without its end": ("WD02", change(BODY, '<w:bookmarkEnd w:id="3"/>', "")),
    "a bookmark without its beginning": ("WD02", inserted('<w:p><w:bookmarkEnd w:id="900"/></w:p>')),
    "a range of a comment without its end": ("WD02", inserted('<w:p><w:commentRangeStart w:id="1"/></w:p>')),
    "a field without its end": (
        "WD02", inserted('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>')
    ),
    "a paragraph in a style of nowhere": ("WD03", restyled("Quote", "Nowhere")),
    "words in a style of nowhere": ("WD03", restyled("Hyperlink", "Nowhere", "rStyle")),
    "a table in a style of nowhere": ("WD03", restyled("HouseTable", "No", "tblStyle")),
    "a list of nowhere": ("WD04", change(BODY, "<w:numId w:val=", '<w:numId w:val="4711"/><w:numId w:val=')),
    "a cell without a paragraph": ("WD05", inserted("<w:tbl><w:tr><w:tc><w:tcPr/></w:tc></w:tr></w:tbl>")),
    "a cell that ends in a table": (
        "WD05",
        inserted(f"<w:tbl><w:tr><w:tc>{ROW}<w:tbl><w:tr><w:tc>{ROW}</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>"),
    ),
    "a link without its relationship": ("WD06", change(BODY, '<w:hyperlink r:id="', '<w:hyperlink r:id="no')),
    "a picture without its relationship": ("WD06", change(BODY, 'r:embed="', 'r:embed="no')),
    "a part that is missing": ("WD06", without("word/numbering.xml")),
    "no heading of the first level": ("WD07", restyled("Heading1", "Heading2")),
    "two headings of the first level": ("WD07", restyled("Heading2", "Heading1")),
    "a level that is skipped": ("WD08", restyled("Heading2", "Heading3")),
    "a picture without a description": ("WD09", change(BODY, ' descr="', ' title="')),
    "a picture that is decoration no more": ("WD09", change(BODY, ' val="1"/></a:ext>', ' val="0"/></a:ext>')),
    "a table without a header row": ("WD10", change(BODY, "<w:tblHeader/>", "")),
    "a table whose header row is switched off": ("WD10", change(BODY, "<w:tblHeader/>", '<w:tblHeader w:val="0"/>')),
    "no title": ("WD11", without_title),
    "no properties": ("WD11", without("docProps/core.xml")),
    "no language": ("WD12", change(STYLES, "<w:lang ", "<w:em ")),
    "macros": ("WD13", relation("vbaProject", "vbaProject.bin", part=b"x")),
    "a kind of file that has macros": (
        "WD13",
        change(TYPES, "wordprocessingml.document.main+xml", "wordprocessingml.document.macroEnabled.main+xml"),
    ),
    "a file of another program": ("WD13", relation("oleObject", "embeddings/sheet.bin", part=b"x")),
    "a template elsewhere": ("WD14", relation("attachedTemplate", "file:///C:/Users/jsmith/Press.dotm", outside=True)),
    "a picture elsewhere": ("WD14", relation("image", "https://tracker.example/pixel.gif", outside=True)),
    "a link to nothing": ("WD15", change(BODY, '<w:hyperlink w:anchor="', '<w:hyperlink w:anchor="no')),
    "ordinary text in a deletion": ("WD16", inserted(f'<w:p><w:del w:id="9">{RUN}x</w:t></w:r></w:del></w:p>')),
    "deleted text in no deletion": ("WD16", inserted("<w:p><w:r><w:delText>x</w:delText></w:r></w:p>")),
    "text outside a run": ("WD18", change(BODY, "</w:pPr>", "<w:t>x</w:t></w:pPr>")),
    "text that no element of text holds": ("WD18", change(BODY, "<w:r>", "<w:r>x")),
    "a run outside a paragraph": ("WD18", inserted(f"{RUN}x</w:t></w:r>")),
    "a field that tells of a machine": (
        "WD17", inserted('<w:p><w:fldSimple w:instr=" FILENAME \\p "><w:r><w:t>C:\\x</w:t></w:r></w:fldSimple></w:p>')
    ),
    "a link that runs a program": ("WD14", relation("hyperlink", "javascript:alert(1)", outside=True)),
    "a setting of nobody's pages": (
        "X01", change(SETTINGS, "<w:defaultTabStop", '<w:documentProtection w:edit="readOnly"/><w:defaultTabStop')
    ),
    "a label with its owner": (
        "X01",
        change("docProps/custom.xml", "<property ", '<property name="Owner"><x>j@x.example</x></property><property '),
    ),
    "a property that no reader wants": (
        "X01", change(CORE, "<dc:creator>", "<dc:description>x</dc:description><dc:creator>")
    ),
    "a part that no text needs": ("X01", relation("customXml", "../customXml/item9.xml", part=b"<x/>")),
    "an insertion": ("X01", inserted(f'<w:p><w:ins w:id="9" w:author="J. Smith">{RUN}x</w:t></w:r></w:ins></w:p>')),
    "a change of dress": ("X01", change(BODY, "<w:r>", "<w:r><w:rPr><w:rPrChange/></w:rPr>")),
    "a comment": ("X01", commented),
    "hidden words": ("X01", change(BODY, "<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")),
    "a style that hides": ("X01", change(STYLES, 'w:styleId="Quote">', 'w:styleId="Quote"><w:rPr><w:vanish/></w:rPr>')),
    "a list of editors": ("X01", relation("people", "people.xml", part=b"<x/>")),
    "marks of editing sessions": ("X01", change(SETTINGS, "<w:defaultTabStop", "<w:rsids/><w:defaultTabStop")),
    "a switch that records changes": (
        "X01", change(SETTINGS, "<w:defaultTabStop", "<w:trackRevisions/><w:defaultTabStop")
    ),
    "a picture of the first page": ("X01", lambda: rooted("thumbnail")),
    "an account as author": ("X01", change(CORE, "<dc:creator>", "<dc:creator>j.smith, ")),
    "a person as last editor": ("X01", change(CORE, "<cp:lastModifiedBy>", "<cp:lastModifiedBy>Jo Smith, ")),
    "a path of a template": (
        "X01",
        change("docProps/app.xml", "<Company>", "<Template>C:\\Users\\jsmith\\Press.dotm</Template><Company>"),
    ),
    "a manager": ("X01", change("docProps/app.xml", "<Company>", "<Manager>Jo Smith</Manager><Company>")),
    "a part that is no XML": ("W02", change(STYLES, "<w:styles", "<w:style")),
    "a part with entities": (
        "W02",
        change(CORE, "<cp:coreProperties", '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><cp:coreProperties'),
    ),
}  # fmt: skip
