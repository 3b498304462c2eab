"""Styles and numbering of a house's base .docx, from a few decisions about type and colour."""

from __future__ import annotations

from dataclasses import dataclass

from houses.parts import HEAD, SPACES

HANGING = 360
"""Room for a bullet or a number, in twentieths of a point."""
BULLETS = {"ListBullet": "•", "ListBullet2": "–", "ListBullet3": "•"}
NUMBERS = {
    "ListNumber": ("decimal", "%1."),
    "ListNumber2": ("lowerLetter", "(%1)"),
    "ListNumber3": ("lowerRoman", "(%1)"),
    "Note": ("decimal", "%1."),
}


@dataclass(frozen=True)
class Look:
    """What a house decides: the face and size of its text, its colours, its language."""

    text: str
    size: float
    ink: str
    quiet: str
    accent: str
    rule: str
    language: str


@dataclass(frozen=True)
class Style:
    """A style: its names, what it is based on, what follows it, and its properties as XML in the schema's order."""

    name: str
    paragraph: str = ""
    run: str = ""
    based: str = "Normal"
    following: str = ""
    kind: str = "paragraph"
    extra: str = ""

    @property
    def ident(self) -> str:
        """Its id, made from the name as Word makes it."""
        return self.name.title().replace(" ", "")


def face(name: str) -> str:
    """A type face."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def size(points: float) -> str:
    """A size."""
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def color(value: str) -> str:
    """A colour."""
    return f'<w:color w:val="{value}"/>'


def spacing(before: float = 0, after: float = 0, line: float = 0) -> str:
    """Space above and below in points, and the line height as a multiple."""
    lines = f' w:line="{round(line * 240)}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"{lines}/>'


def line(edge: str, points: float, space: int, hue: str) -> str:
    """A rule at one edge of a paragraph."""
    return f'<w:pBdr><w:{edge} w:val="single" w:sz="{round(points * 8)}" w:space="{space}" w:color="{hue}"/></w:pBdr>'


def flush_right(position: int) -> str:
    """One tab stop, at the right edge of the text."""
    return f'<w:tabs><w:tab w:val="right" w:pos="{position}"/></w:tabs>'


def table(look: Look, *, ruled_above: bool) -> Style:
    """The table style: rules between rows, a stronger one under the header."""
    thin = f'w:val="single" w:sz="4" w:space="0" w:color="{look.rule}"'
    thick = f'w:val="single" w:sz="12" w:space="0" w:color="{look.accent}"'
    above = f"<w:top {thick}/>" if ruled_above else ""
    padding = "".join(
        f'<w:{edge} w:w="{width}" w:type="dxa"/>'
        for edge, width in (("top", 70), ("left", 0), ("bottom", 70), ("right", 200))
    )
    return Style(
        "House Table",
        kind="table",
        extra=f"<w:tblPr><w:tblBorders><w:bottom {thin}/><w:insideH {thin}/></w:tblBorders>"
        f"<w:tblCellMar>{padding}</w:tblCellMar></w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{above}<w:bottom {thick}/></w:tcBorders></w:tcPr>'
        "</w:tblStylePr>",
    )


BOLD, LIGHT = "<w:b/><w:bCs/>", '<w:b w:val="0"/><w:bCs w:val="0"/>'
KEEP = "<w:keepNext/><w:keepLines/>"
CENTRED_ON_LINE = '<w:textAlignment w:val="center"/>'


def sheet(look: Look, styles: list[Style]) -> str:
    """The styles part."""
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{face(look.text)}{color(look.ink)}{size(look.size)}"
        f'<w:lang w:val="{look.language}" w:eastAsia="{look.language}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    latent = (
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1"'
        ' w:defQFormat="0" w:count="376"/>'
    )
    return f"{HEAD}<w:styles {SPACES}>{defaults}{latent}{DEFAULTS}{''.join(map(_style, styles))}</w:styles>"


DEFAULTS = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr>'
    "<w:widowControl/></w:pPr></w:style>"
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/>'
    "<w:semiHidden/><w:unhideWhenUsed/></w:style>"
)


def _style(style: Style) -> str:
    based = (
        style.based
        if style.kind == "paragraph"
        else {"character": "DefaultParagraphFont"}.get(style.kind, "TableNormal")
    )
    following = f'<w:next w:val="{style.following}"/>' if style.following else ""
    own = "" if style.name.casefold() in BUILT_IN else ' w:customStyle="1"'
    paragraph = f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else ""
    run = f"<w:rPr>{style.run}</w:rPr>" if style.run else ""
    return (
        f'<w:style w:type="{style.kind}"{own} w:styleId="{style.ident}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{based}"/>{following}<w:uiPriority w:val="1"/><w:qFormat/>{paragraph}{run}{style.extra}'
        "</w:style>"
    )


BUILT_IN = frozenset(
    {
        "heading 1",
        "heading 2",
        "heading 3",
        "subtitle",
        "body text",
        "quote",
        "caption",
        "hyperlink",
        "header",
        "footer",
    }
    | {f"list {kind}{level}" for kind in ("bullet", "number") for level in ("", " 2", " 3")}
)


def lists(look: Look, after: float, lines: float) -> list[Style]:
    """The styles of lists, three levels of bullets and of numbers, and of notes."""
    made = []
    for kind in ("Bullet", "Number"):
        for level, suffix in enumerate(("", " 2", " 3"), 1):
            number = _number_of(f"List{kind}{suffix.strip()}")
            inside = (
                f'<w:numPr><w:numId w:val="{number}"/></w:numPr>{spacing(0, after, lines)}'
                f'<w:ind w:left="{HANGING * level}" w:hanging="{HANGING}"/>'
            )
            made.append(Style(f"List {kind}{suffix}", inside, based="BodyText"))
    note = f'<w:numPr><w:numId w:val="{_number_of("Note")}"/></w:numPr>{spacing(0, 5, lines)}'
    made.append(
        Style("Note", f'{note}<w:ind w:left="{HANGING}" w:hanging="{HANGING}"/>', size(look.size - 1.5), "BodyText")
    )
    return made


def _number_of(ident: str) -> int:
    return [*BULLETS, *NUMBERS].index(ident) + 1


def numbering(look: Look) -> str:
    """The numbering part: each list style has a definition of its own."""
    kinds = {ident: ("bullet", sign) for ident, sign in BULLETS.items()} | NUMBERS
    definitions = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{format_}"/><w:pStyle w:val="{ident}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{_indent(ident)}" w:hanging="{HANGING}"/></w:pPr>'
        f"<w:rPr>{color(look.accent)}</w:rPr></w:lvl></w:abstractNum>"
        for number, (ident, (format_, text)) in enumerate(kinds.items(), 1)
    )
    numbers = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in range(1, len(kinds) + 1)
    )
    return f"{HEAD}<w:numbering {SPACES}>{definitions}{numbers}</w:numbering>"


def _indent(ident: str) -> int:
    return HANGING * int(ident[-1] if ident[-1].isdecimal() else 1)
