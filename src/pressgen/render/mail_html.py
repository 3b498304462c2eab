"""Make the HTML part of a mail from the approved page.

It is in the markup that mail programs show. They drop stylesheets, scripts and whatever is fetched, and many show a
mail on black. So each element has its own style, text has no colour except in the embargo's banner, and alternative
texts replace pictures, which are in the PDF. The words are those of the mail's text, which `channels.html_words` reads
back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import html
from markupsafe import Markup, escape

from pressgen.model.direction import get_direction
from pressgen.render.chart_style import COLOUR, NAMED
from pressgen.render.contrast import compute_contrast, parse_colour
from pressgen.render.markup_template import MarkupTemplate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from pressgen.text.notices import MailNotice

WHOLE = MarkupTemplate(
    '<!doctype html>\n<html lang="{}" dir="{}">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="color-scheme" content="light dark">\n<meta name="supported-color-schemes" content="light dark">\n'
    '<title>{}</title>\n</head>\n<body style="margin:0;padding:0">\n'
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center">\n'
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"'
    ' style="max-width:640px;border-top:5px solid {}"><tr>'
    '<td align="{}" style="padding:18px 16px 32px;font:400 17px/1.5 {};overflow-wrap:break-word">\n'
)
END = Markup("\n</td></tr></table>\n</td></tr></table>\n</body>\n</html>\n")
PART = MarkupTemplate('<div lang="{}" dir="{}" style="text-align:{}">\n{}\n</div>')
RULE = Markup('\n<hr style="margin:24px 0;border:0;border-top:1px solid #888">\n')
ELEMENT, PARAGRAPH = MarkupTemplate("<{}{}>{}</{}>"), MarkupTemplate('<p style="{}">{}</p>')
ATTRIBUTE = MarkupTemplate(' {}="{}"')
LINK, BREAK = MarkupTemplate('<a href="{}">{}</a>'), Markup("<br>")
NOTHING, LINES = Markup(), Markup("\n")

KEPT = frozenset("a blockquote caption div em h1 h2 h3 li ol p span strong sup table tbody td th thead tr ul".split())
UNSHOWN = frozenset({"script", "style", "svg", "template"})
ATTRIBUTES = ("lang", "dir", "scope", "start")
LINKED = ("https://", "http://", "mailto:", "tel:")
SMALL = "font-size:15px;line-height:1.45"
STYLES = {
    "h1": "margin:0 0 12px;font-size:27px;line-height:1.2;font-weight:700",
    "h2": "margin:26px 0 8px;font-size:19px;line-height:1.3;font-weight:700",
    "h3": "margin:20px 0 6px;font-size:17px;line-height:1.3;font-weight:700",
    "p": "margin:0 0 14px",
    "li": "margin:0 0 6px",
    "sup": "font-size:12px;line-height:0",
    "table": f"width:100%;margin:18px 0;border-collapse:collapse;{SMALL}",
    ".subhead": "margin:0 0 20px;font-size:19px;line-height:1.35",
    ".pull": "margin:20px 0;font-size:21px;line-height:1.3;font-weight:700",
    ".end": "margin:24px 0;font-weight:700",
    ".caption": f"margin:4px 0 18px;{SMALL}",
    ".chart-caption": "margin:18px 0 0;font-weight:700",
    ".notes": SMALL,
}
AFTER = "margin:24px 0 0;padding:16px 0 0;border-top:1px solid #888"
SECTIONS = {"banner": "margin:0 0 20px", "notes-to-editors": AFTER, "about": AFTER, "contacts": AFTER}
"""Styles that separate the parts of a release, by their classes in a house's page."""
BANNER = "margin:0;padding:10px 14px;line-height:1.35;background-color:{};color:{}"
TITLE = "margin:0 0 14px;font-size:19px;line-height:1.3;font-weight:700"
WHITE, BLACK = "#ffffff", "#000000"
MONO = "margin:0 0 14px;font:13px/1.5 Consolas,Menlo,monospace;overflow-wrap:anywhere"
ALERT, FACES = "#9b1c1c", "Arial, sans-serif"
FACE = re.compile(r"[\w\s,'.-]+")
"""Font families as a style can name them."""


@dataclass(frozen=True, slots=True)
class MailStyle:
    """The colours and fonts of a house that a mail can use."""

    accent: str = "#1f4e79"
    banner: str = ALERT
    faces: str = FACES


@dataclass(frozen=True, slots=True)
class MailPart:
    """A part of a mail in one language, safe everywhere.

    Every mail program can show its markup.
    """

    language: str
    markup: Markup = field(repr=False)
    looks: MailStyle = MailStyle()


@lru_cache(maxsize=8)
def make_release_part(page: str) -> MailPart:
    """Turn an approved web page into a part of a mail.

    It takes what is in the page's `main`, in the house's colours and fonts.
    """
    root = html.document_fromstring(page)
    looks = _read_style(root)
    language = root.get("lang") or "en"
    body = next((each for name in ("main", "body") for each in root.iter(name)), root)
    made = _PageConverter(looks, get_direction(language)).children(body)
    return MailPart(language, Markup("\n".join(filter(None, map(str.strip, made.splitlines())))), looks)  # noqa: S704


def make_notice_part(notice: MailNotice, looks: MailStyle) -> MailPart:
    """Return an office's notice as a part of a mail."""
    made = [PARAGRAPH(TITLE, notice.title)] if notice.title else []
    made += [PARAGRAPH(STYLES["p"], _format_paragraph(each)) for each in notice.paragraphs]
    if notice.lines:
        made.append(PARAGRAPH(MONO, BREAK.join(notice.lines)))
    return MailPart(notice.language, LINES.join(made), looks)


def make_banner_part(language: str, banner: str, looks: MailStyle) -> MailPart:
    """Return the embargo line at the top of a mail."""
    return MailPart(
        language, PARAGRAPH(f"{_style_banner(looks.banner)};font-weight:700;margin-bottom:18px", banner), looks
    )


def format_mail_html(title: str, parts: Sequence[MailPart], ruled: Sequence[bool]) -> Markup:
    """Return a whole HTML mail, except for its end, which is `END`.

    Args:
        title: its subject.
        parts: from top to bottom, at least one; the whole has the language and style of the last one.
        ruled: for each part, whether there is a rule above it.
    """
    looks, language = parts[-1].looks, parts[-1].language
    way = get_direction(language)
    made = WHOLE(language, way, title, looks.accent, _get_side(way), looks.faces)
    for part, rule in zip(parts, ruled, strict=True):
        run = get_direction(part.language)
        made += (RULE if rule else NOTHING) + PART(part.language, run, _get_side(run), part.markup)
    return made


def format_copy_line(line: str) -> Markup:
    """Return the line of a marked copy, to end a mail.

    It is empty where there is none.
    """
    return RULE + PARAGRAPH(SMALL, line) if line else NOTHING


def _format_paragraph(text: str) -> Markup:
    """Return a paragraph with line breaks, and addresses of pages as links."""
    lines = text.split("\n")
    return BREAK.join(
        LINK(each, each) if each.startswith("http") and " " not in each else escape(each) for each in lines
    )


def _get_side(way: str) -> str:
    return "right" if way == "rtl" else "left"


def _style_banner(ground: str) -> str:
    """Return the style of a banner, with its more legible text colour."""
    colour, light, dark = (parse_colour(each) for each in (ground, WHITE, BLACK))
    ink = WHITE if compute_contrast(colour, light) >= compute_contrast(colour, dark) else BLACK
    return BANNER.format(ground, ink)


def _read_style(page: HtmlElement) -> MailStyle:
    """Return the style that an approved page names.

    The page has the embargo's banner if it asks search engines not to index it.
    """
    stylesheet = "".join(each.text or "" for each in page.findall(".//style"))
    named = {name: value.strip() for name, value in NAMED.findall(stylesheet)}
    usual = MailStyle()
    colours = [named.get(name, "") for name in ("accent", "alert")]
    accent, alert = (
        value if COLOUR.fullmatch(value) else default
        for value, default in zip(colours, (usual.accent, usual.banner), strict=True)
    )
    embargoed = page.find(".//meta[@name='robots']") is not None
    faces = " ".join(named.get("text-face", FACES).replace('"', "'").split())
    return MailStyle(accent, alert if embargoed else accent, faces if FACE.fullmatch(faces) else FACES)


@dataclass(frozen=True, slots=True)
class _PageConverter:
    """A converter from the elements of a page to a mail's."""

    looks: MailStyle
    way: str

    def children(self, node: HtmlElement) -> Markup:
        made = [escape(node.text or "")]
        for child in node:
            made += [self.element(child) if isinstance(child.tag, str) else NOTHING, escape(child.tail or "")]
        return NOTHING.join(made)

    def element(self, node: HtmlElement) -> Markup:
        """Convert an element to one that mail programs show.

        Of an unknown element only the content is kept; a picture becomes its alternative text.
        """
        tag, classes = str(node.tag), (node.get("class") or "").split()
        if tag == "img":
            alt = node.get("alt") or ""
            parent = node.getparent()
            shown = alt and parent is not None and "figure" in (parent.get("class") or "").split()
            return PARAGRAPH(STYLES[".caption"], f"[{alt}]") if shown else NOTHING
        if tag in UNSHOWN or not (node.text_content().strip() or node.findall(".//img") or tag in {"td", "th"}):
            return NOTHING
        if tag == "sup":
            return ELEMENT("sup", ATTRIBUTE("style", STYLES["sup"]), f"[{node.text_content()}]", "sup")
        inside = self.children(node)
        attributes = self._attributes(node, tag, classes)
        plain = tag == "span" and not attributes
        if plain or tag not in KEPT or (tag == "a" and not (node.get("href") or "").startswith(LINKED)):
            return inside
        return ELEMENT(tag, attributes, inside, tag)

    def _attributes(self, node: HtmlElement, tag: str, classes: list[str]) -> Markup:
        kept = [ATTRIBUTE(name, node.get(name)) for name in ATTRIBUTES if node.get(name)]
        if tag == "a":
            kept.append(ATTRIBUTE("href", node.get("href") or ""))
        style = self._style(node, tag, classes)
        return NOTHING.join([*kept, *([ATTRIBUTE("style", style)] if style else [])])

    def _style(self, node: HtmlElement, tag: str, classes: list[str]) -> str:
        side, rule = _get_side(self.way), f"solid {self.looks.accent}"
        if "banner-line" in classes:
            first = node.getprevious() is None
            return _style_banner(self.looks.banner) + (";font-weight:700" if first else ";padding-top:0")
        if tag == "h2" and node.getprevious() is None:
            return f"{STYLES['h2']};margin-top:0"
        named = next((STYLES[f".{each}"] for each in classes if f".{each}" in STYLES), "")
        match tag:
            case "ul" | "ol":
                inset = "0 26px 0 0" if self.way == "rtl" else "0 0 0 26px"
                return ";".join(filter(None, (f"margin:0 0 14px;padding:{inset}", named)))
            case "blockquote":
                inset = "0 14px 0 0" if self.way == "rtl" else "0 0 0 14px"
                return f"margin:0 0 14px;padding:{inset};border-{side}:3px {rule}"
            case "caption":
                return f"padding:0 0 6px;font-weight:700;text-align:{side}"
            case "td" | "th":
                return self._cell(node, classes, side)
            case "div":
                return next((SECTIONS[each] for each in classes if each in SECTIONS), "")
            case _:
                return named or STYLES.get(tag, "")

    def _cell(self, node: HtmlElement, classes: list[str], side: str) -> str:
        head = node.getparent() is not None and node.getparent().getparent().tag == "thead"
        border = f"2px solid {self.looks.accent}" if head else "1px solid #888"
        weight = 700 if head or "rating" in classes else 400
        align = "right" if "numeric" in classes else side
        room = "6px 0 6px 10px" if self.way == "rtl" else "6px 10px 6px 0"
        return f"padding:{room};border-bottom:{border};text-align:{align};vertical-align:top;font-weight:{weight}"
