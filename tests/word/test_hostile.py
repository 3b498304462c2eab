"""Sixty hostile Word templates, each of a kind: what they hide is refused by `check`, or in no file made from them.

The secret is looked for in the bytes of every part, unpacked by zipfile, and not by the code that cleans them.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from houses.parts import OFFICE
from machine import ROOT
from pressgen.errors import InputError
from pressgen.render.vocabulary import NAMES
from pressgen.word.template import FillContext, WordTemplate
from word.maker import (
    IMPRINT,
    SHOWN,
    box,
    docx,
    filled,
    note,
    note_mark,
    p,
    pack,
    row,
    run,
    set_plainly,
    table,
    unpack,
)

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET = "MALLORY"  # noqa: S105 - a name to look for
BODY, RELS, ROOT_RELS, TYPES = "word/document.xml", "word/_rels/document.xml.rels", "_rels/.rels", "[Content_Types].xml"
MICROSOFT = "http://schemas.microsoft.com/office"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata"
SHEET = "word/settings.xml"


def char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


def field(*codes: str, result: str = "x") -> str:
    return char("begin") + "".join(map(code, codes)) + char("separate") + run(result) + char("end")


def simple(text: str) -> str:
    return f'<w:fldSimple w:instr="{text}">{run("x")}</w:fldSimple>'


def body(inner: str) -> Callable[[], bytes]:
    return lambda: docx(p("{{ x }}") + p(inner=inner))


def margin(inner: str) -> Callable[[], bytes]:
    return lambda: docx(p("{{ x }}"), margins=p(inner=inner))


def related(
    kind: str, target: str, part: str | bytes = "", *, home: str = BODY, inside: str = "", outside: bool = False
) -> Callable[[], bytes]:
    """A template in which a part leads to another, or out of the file; `inside` stands in the body."""

    def make() -> bytes:
        parts = unpack(docx(p("{{ x }}") + inside))
        folder, _, leaf = home.rpartition("/")
        rels = f"{folder}/_rels/{leaf}.rels" if home else ROOT_RELS
        empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        type_ = kind if "://" in kind else f"{OFFICE}/{kind}"
        mode = ' TargetMode="External"' if outside else ""
        rel = f'<Relationship Id="bad" Type="{type_}" Target="{target}"{mode}/></Relationships>'
        parts[rels] = parts.get(rels, empty).replace(b"</Relationships>", rel.encode())
        if not outside:
            base = f"{folder}/" if folder and not target.startswith("/") else ""
            parts[(base + target).lstrip("/")] = part.encode() if isinstance(part, str) else part
        return pack(parts)

    return make


def changed(name: str, old: str, new: str) -> Callable[[], bytes]:
    def make() -> bytes:
        parts = unpack(docx(p("{{ x }}")))
        assert old.encode() in parts[name]
        return pack(parts | {name: parts[name].replace(old.encode(), new.encode(), 1)})

    return make


def photo() -> bytes:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x013B] = SECRET
    Image.new("RGB", (9, 9)).save(out, "JPEG", exif=exif, comment=SECRET)
    return out.getvalue()


XML = f"<x>{SECRET}</x>"
SHOWN_PICTURE = '<w:p><w:r><w:drawing><a:blip r:embed="bad"/></w:drawing></w:r></w:p>'
LINKED_PICTURE = SHOWN_PICTURE.replace("embed", "link")
OLE = '<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" r:id="bad"/>'
OBJECT = f"<w:p><w:r><w:object>{OLE}</w:object></w:r></w:p>"
HOSTILE: dict[str, Callable[[], bytes]] = {
    # fields
    "AUTHOR": body(field(f" AUTHOR {SECRET} ")),
    "FILENAME with its path": body(field(" FILENAME \\p ", result=f"C:\\{SECRET}")),
    "DATE": body(field(f' DATE \\@ "{SECRET}" ')),
    "DDEAUTO": body(field(f' DDEAUTO c:\\\\windows\\\\cmd.exe "/k {SECRET}" ')),
    "DDE in small letters": body(field(f" dde {SECRET} ")),
    "INCLUDETEXT": body(field(f' INCLUDETEXT "C:\\\\{SECRET}.docx" ')),
    "INCLUDEPICTURE from a server": body(field(f' INCLUDEPICTURE "http://{SECRET}.example/p.png" ')),
    "a name over several runs": body(field(" INC", "LUDE", f'TEXT "{SECRET}" ')),
    "a name after blanks and a backslash": body(field(f"   \\AUTHOR {SECRET}")),
    "a simple field": body(simple(f" USERNAME {SECRET} ")),
    "a field in a header": margin(field(f" LASTSAVEDBY {SECRET} ")),
    "a field in a text box": body(box(p(inner=field(f" AUTHOR {SECRET} ")))),
    "a field in a note": lambda: docx(p("{{ x }}", inner=note_mark(1)), notes=note(1, "n").replace(
        "</w:p>", f"{field(f' AUTHOR {SECRET} ')}</w:p>")),
    "a field within an allowed one": body(
        char("begin") + code(" = ") + field(f" DOCPROPERTY {SECRET} ") + code(" + 1 ") + char("end")),
    "a field behind an allowed name": body(field(f" PAGE \\* MERGEFORMAT {SECRET} ")),
    "words in a switch": body(field(f' PAGE \\# "{SECRET}" ')),
    "a field as plain text in its code": body(char("begin") + run(f"AUTHOR {SECRET}") + char("end")),
    "a link to a script": body(field(f' HYPERLINK "javascript:{SECRET}" ')),
    "a link to a disk": body(field(f' HYPERLINK "file:///C:/{SECRET}" ')),
    "a code without a field": body(code(f" AUTHOR {SECRET} ")),
    "a code in struck text": body(f"<w:r><w:delInstrText>{SECRET}</w:delInstrText></w:r>"),
    "a form": body(field(f" FORMTEXT {SECRET} ")),
    "a button for a macro": body(field(f" MACROBUTTON {SECRET} x ")),
    "a condition": body(field(f' IF 1 = 2 "{SECRET}" "x" ')),
    "data of a field": body(f'<w:r><w:fldChar w:fldCharType="begin"><w:fldData>{SECRET}</w:fldData></w:fldChar></w:r>'
        + code(" PAGE ") + char("separate") + run("1") + char("end")),
    "a tag in a field's result": body(field(f" DOCPROPERTY {SECRET} ", result="{{ x }}")),
    # relationships
    "a picture on a disk": related("image", f"file:///C:/{SECRET}.png", inside=LINKED_PICTURE, outside=True),
    "a picture on a server": related("image", f"http://{SECRET}.example", inside=SHOWN_PICTURE, outside=True),
    "a picture that nothing shows": related("image", "media/x.png", SECRET),
    "a template elsewhere": related("attachedTemplate", f"file:///C:/{SECRET}.dotm", home=SHEET, outside=True),
    "a table of fonts elsewhere": related("fontTable", f"http://{SECRET}.example", outside=True),
    "a theme elsewhere": related("theme", f"http://{SECRET}.example", outside=True),
    "numbering elsewhere": related("numbering", f"http://{SECRET}.example", outside=True),
    "styles elsewhere": related("styles", f"http://{SECRET}.example", outside=True),
    "a chart": related("chart", "charts/chart1.xml", XML, inside=SHOWN_PICTURE),
    "a chart that nothing shows": related("chart", "charts/chart1.xml", XML),
    "an object": related("oleObject", "embeddings/o.bin", SECRET, inside=OBJECT),
    "a book in the file": related("package", "embeddings/o.xlsx", SECRET),
    "another document within": related("aFChunk", "x.html", SECRET, inside='<w:altChunk r:id="bad"/>'),
    "a document elsewhere": related(
        "subDocument", f"file:///C:/{SECRET}.docx", inside='<w:subDoc r:id="bad"/>', outside=True),
    "a control": related("control", "activeX/a.xml", XML, inside='<w:p><w:r><w:control r:id="bad"/></w:r></w:p>'),
    "macros": related(f"{MICROSOFT}/2006/relationships/vbaProject", "vbaProject.bin", SECRET),
    "a link that runs": related("hyperlink", f"javascript:{SECRET}", inside=p(
        inner=f'<w:hyperlink r:id="bad">{run("x")}</w:hyperlink>'), outside=True),
    "a link to a share": related("hyperlink", f"\\\\{SECRET}\\share", inside=p(
        inner=f'<w:hyperlink r:id="bad">{run("x")}</w:hyperlink>'), outside=True),
    "a film": related("video", f"http://{SECRET}.example", inside=LINKED_PICTURE, outside=True),
    "a drawing from a server": body(f'<w:r><w:pict><v:imagedata src="http://{SECRET}.example/x.png"/></w:pict></w:r>'),
    # parts
    "custom XML": related("customXml", "../customXml/item1.xml", XML),
    "lists of editors": related(f"{MICROSOFT}/2011/relationships/people", "people.xml", XML),
    "comments": related("comments", "comments.xml", f'<w:comments xmlns:w="http://schemas.openxmlformats.org/'
        f'wordprocessingml/2006/main"><w:comment w:author="{SECRET}"/></w:comments>'),
    "a glossary": related("glossaryDocument", "glossary/document.xml", XML),
    "settings of a printer": related("printerSettings", "printerSettings/p.bin", SECRET),
    "settings of the web": related("webSettings", "webSettings.xml", XML),
    "a part that nothing leads to": lambda: pack(unpack(docx(p("{{ x }}"))) | {"word/extra.xml": XML.encode()}),
    "core properties": related(f"{PACKAGE}/core-properties", "docProps/core.xml", XML, home=""),
    "a label with its owner": related("custom-properties", "docProps/custom.xml", XML, home=""),
    "statistics": related("extended-properties", "docProps/app.xml", XML, home=""),
    "an old first page": related(f"{PACKAGE}/thumbnail", "docProps/thumbnail.jpeg", SECRET, home=""),
    "a task pane": related(f"{MICROSOFT}/2011/relationships/webextensiontaskpanes", "webex/t.xml", XML, home=""),
    "a camera's data": related("image", "media/p.jpeg", photo(), inside=SHOWN_PICTURE),
    "a picture of an unknown kind": related("image", "media/p.tiff", "II*\x00" + SECRET, inside=SHOWN_PICTURE),
    # what stands in the parts that stay
    "variables": changed(SHEET, "<w:default", f'<w:docVars><w:docVar w:name="{SECRET}"/></w:docVars><w:default'),
    "protection": changed(SHEET, "<w:defaultTabStop", f'<w:documentProtection w:hash="{SECRET}"/><w:defaultTabStop'),
    "who may edit a range": body(f'<w:permStart w:id="1" w:ed="{SECRET}"/><w:permEnd w:id="1"/>'),
    "a control bound to data": body(f'<w:sdt><w:sdtPr><w:dataBinding w:xpath="/{SECRET}"/></w:sdtPr><w:sdtContent>'
        f"{run('x')}</w:sdtContent></w:sdt>"),
    "data of another program": body(f'<x:who xmlns:x="urn:acme" x:by="{SECRET}">{SECRET}</x:who>'),
    "an attribute of another program": changed(BODY, "<w:body>", f'<w:body xmlns:x="urn:{SECRET}" x:by="{SECRET}">'),
    "a remark in the XML": changed(BODY, "<w:body>", f"<w:body><!-- {SECRET} -->"),
    "a session's mark": changed(BODY, "<w:p>", f'<w:p w:rsidR="{SECRET}">'),
    "the name of a picture's file": body(
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="C:\\{SECRET}\\logo.png"/></wp:inline></w:drawing></w:r>'),
    "a tracked change": body(f'<w:ins w:id="1" w:author="{SECRET}">{run("x")}</w:ins>'),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_what_a_template_hides_is_refused_or_stays_at_home(what: str) -> None:
    try:
        template = WordTemplate.load(HOSTILE[what](), SHOWN)
        refused = bool(template.check(["x"], ()))
        made = template.render(FillContext({"x": "V"}, {}, (), IMPRINT), set_plainly)
    except InputError:
        return
    assert not refused
    assert not [name for name, data in unpack(made).items() if SECRET.encode() in data or SECRET in name]


def test_there_are_sixty_of_them_and_an_innocent_template_passes() -> None:
    assert len(HOSTILE) >= 60
    innocent = docx(p("{{ x }}"), margins=p("Page ", inner=simple(" PAGE ") + field(" NUMPAGES  \\* MERGEFORMAT ")))
    assert WordTemplate.load(innocent, SHOWN).check(["x"], ()) == []


@pytest.mark.parametrize(
    "allowed",
    ["PAGE", " page \\* MERGEFORMAT ", "NUMPAGES \\* Arabic", "SECTIONPAGES",
     ' HYPERLINK "https://harbour.example" \\o "x" ',
     "HYPERLINK \\l &quot;top&quot;", "PAGEREF _Toc1 \\h", "= 4 - 1"],
)  # fmt: skip
def test_page_numbers_and_links_stay(allowed: str) -> None:
    assert WordTemplate.load(body(field(allowed))(), SHOWN).check(["x"], ()) == []


CASES = ROOT.parent / "shared" / "cases" / "templates"


@pytest.mark.skipif(not CASES.is_dir(), reason="needs ../shared")
@pytest.mark.parametrize(
    ("case", "code"),
    [("mip", ""), ("authorfield", "W16"), ("datefield", "W16"), ("tagfield", "W16"), ("linkedpic", "W17")],
)
def test_a_case_of_somebody_elses_is_refused_or_cleaned(case: str, code: str) -> None:
    template = WordTemplate.load((CASES / f"{case}.docx").read_bytes(), SHOWN)
    found = {each.code for each in template.check(NAMES, ())}
    assert found == ({code} if code else set())


@pytest.mark.parametrize(
    ("body", "tag"),
    [
        (p("{% for c in cs %}") + table(*[row(*["cell"] * 8)] * 40) + p("{% endfor %}"), "{% for c in cs %}"),
        (p("{% for c in cs %}") + p("{% for d in cs %}") + p("z" * 2000) + p("{% endfor %}") * 2, "{% for d in cs %}"),
    ],
)
def test_a_loop_that_copies_too_much_of_a_template_is_named(body: str, tag: str) -> None:
    with pytest.raises(InputError, match=re.escape(f"W10 {tag}: this takes more than")):
        filled(body, {"cs": ["x"] * 1000})
