"""The parts of a house's base .docx, written by hand so that nothing stands in it that nobody asked for."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

from pressgen.word.archive import ZipEntry, write_zip

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in (
        ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
        ("r", OFFICE),
        ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
        ("pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
    )
)
WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
EMU_A_POINT = 12700
TAB = "<w:r><w:tab/></w:r>"
MARGINS = {
    "header1": ("header", "default"),
    "header2": ("header", "first"),
    "footer1": ("footer", "default"),
    "footer2": ("footer", "first"),
}


@dataclass(frozen=True)
class Page:
    """Sizes in twentieths of a point."""

    width: int
    height: int
    side: int
    top: int
    bottom: int
    header: int
    footer: int

    @property
    def measure(self) -> int:
        """The width of the text."""
        return self.width - 2 * self.side


@dataclass(frozen=True)
class Base:
    """A template: its page, the XML of its parts, headers and footers, and its mark as PNG."""

    page: Page
    styles: str
    numbering: str
    theme: str
    fonts: str
    body: str
    margins: dict[str, str]
    mark: bytes
    language: str


def paragraphs(*lines: tuple[str, str]) -> str:
    """Paragraphs, each a style's id and a text."""
    return "".join(paragraph(style, run(text)) for style, text in lines)


def paragraph(style: str, runs: str) -> str:
    """A paragraph of runs; a tab between them is `TAB`."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def run(text: str, style: str = "") -> str:
    """A run of text."""
    dress = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{dress}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def page_of_pages() -> str:
    """`Page 1 of 3`; Word counts when it lays the file out."""
    page, total = (
        f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>' for code in ("PAGE", "NUMPAGES")
    )
    return run("Page ") + page + run(" of ") + total


def mark(width: float, height: float, alt: str = "") -> str:
    """The house's mark, in points; decorative where its name stands beside it, else with that name as `alt`."""
    size = f'cx="{round(width * EMU_A_POINT)}" cy="{round(height * EMU_A_POINT)}"'
    adec = "http://schemas.microsoft.com/office/drawing/2017/decorative"
    decorative = (
        '<wp:docPr id="1" name="Mark"><a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
        f'<adec:decorative xmlns:adec="{adec}" val="1"/></a:ext></a:extLst></wp:docPr>'
    )
    told = f'<wp:docPr id="1" name="Mark" descr="{alt}"/>' if alt else decorative
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f"{told}"
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="0" name="mark.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="mark"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def settings(language: str) -> str:
    """How Word treats the file: as a present-day one, with nothing kept from older versions."""
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    return (
        f'{HEAD}<w:settings {SPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/><w:compat>{compat}</w:compat>'
        f'<w:themeFontLang w:val="{language}"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def bind(base: Base) -> bytes:
    """The .docx."""
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _rels({"rId1": ("officeDocument", "word/document.xml")}),
        "word/_rels/document.xml.rels": _rels(
            {
                "styles": ("styles", "styles.xml"),
                "numbering": ("numbering", "numbering.xml"),
                "settings": ("settings", "settings.xml"),
                "fonts": ("fontTable", "fontTable.xml"),
                "theme": ("theme", "theme/theme1.xml"),
                **{name: (kind, f"{name}.xml") for name, (kind, _) in MARGINS.items()},
            }
        ),
        "word/_rels/header2.xml.rels": _rels({"mark": ("image", "media/mark.png")}),
        "word/document.xml": _root("document", f"<w:body>{base.body}{_section(base.page)}</w:body>"),
        "word/styles.xml": base.styles,
        "word/numbering.xml": base.numbering,
        "word/settings.xml": settings(base.language),
        "word/fontTable.xml": base.fonts,
        "word/theme/theme1.xml": base.theme,
    }
    for name, (kind, _) in MARGINS.items():
        parts[f"word/{name}.xml"] = _root({"header": "hdr", "footer": "ftr"}[kind], base.margins[name])
    entries = {name: ZipEntry.of(part.encode()) for name, part in parts.items()}
    return write_zip(entries | {"word/media/mark.png": ZipEntry.of(base.mark)})


def _root(name: str, inside: str) -> str:
    return f"{HEAD}<w:{name} {SPACES}>{inside}</w:{name}>"


def _rels(targets: dict[str, tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{HEAD}<Relationships xmlns="{space}">{inside}</Relationships>'


def _types() -> str:
    kinds = {"document": "document.main", "styles": "styles", "numbering": "numbering", "settings": "settings"}
    kinds |= {"fontTable": "fontTable"}
    kinds |= {name: kind for name, (kind, _) in MARGINS.items()}
    inside = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORDML}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{rels}"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>{inside}<Override PartName="/word/theme/theme1.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/></Types>'
    )


def _section(page: Page) -> str:
    references = "".join(
        f'<w:{kind}Reference w:type="{which}" r:id="{name}"/>' for name, (kind, which) in MARGINS.items()
    )
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="{page.width}" w:h="{page.height}"/><w:pgMar w:top="{page.top}"'
        f' w:right="{page.side}" w:bottom="{page.bottom}" w:left="{page.side}" w:header="{page.header}"'
        f' w:footer="{page.footer}" w:gutter="0"/><w:titlePg/></w:sectPr>'
    )
