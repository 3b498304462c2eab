"""The HTML part of a mail: what was approved as a page, in the markup that mail programs show.

Mail programs drop stylesheets, scripts and whatever is fetched, and many show a mail on black: so each element has its
own style, text has no colour but in the embargo's banner, and pictures are left to the PDF, their alternative texts in
their place. The words are those of the mail's text, which `deliver.html_words` reads back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import html
from markupsafe import Markup, escape

from pressgen.model.direction import direction
from pressgen.render.chart_dress import COLOUR, NAMED
from pressgen.render.contrast import contrast, read_colour
from pressgen.render.frame import Frame

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from pressgen.text.notices import Notice

WHOLE = Frame(
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
PART = Frame('<div lang="{}" dir="{}" style="text-align:{}">\n{}\n</div>')
RULE = Markup('\n<hr style="margin:24px 0;border:0;border-top:1px solid #888">\n')
ELEMENT, PARAGRAPH = Frame("<{}{}>{}</{}>"), Frame('<p style="{}">{}</p>')
ATTRIBUTE = Frame(' {}="{}"')
LINK, BREAK = Frame('<a href="{}">{}</a>'), Markup("<br>")
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
"""What sets the parts of a release apart, where a house's page calls them so."""
BANNER = "margin:0;padding:10px 14px;line-height:1.35;background-color:{};color:{}"
TITLE = "margin:0 0 14px;font-size:19px;line-height:1.3;font-weight:700"
WHITE, BLACK = "#ffffff", "#000000"
MONO = "margin:0 0 14px;font:13px/1.5 Consolas,Menlo,monospace;overflow-wrap:anywhere"
ALERT, FACES = "#9b1c1c", "Arial, sans-serif"
FACE = re.compile(r"[\w\s,'.-]+")
"""Families as a style can name them."""


@dataclass(frozen=True, slots=True)
class Looks:
    """What of a house's looks a mail can have: the colours of its rules and of its banner, and the families of text."""

    accent: str = "#1f4e79"
    banner: str = ALERT
    faces: str = FACES


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a mail in one language; `markup` is safe in every mail program."""

    language: str
    markup: Markup = field(repr=False)
    looks: Looks = Looks()


@lru_cache(maxsize=8)
def release_part(page: str) -> Part:
    """Return an approved web page as a part of a mail: what is in its `main`, in the house's colours and faces."""
    root = html.document_fromstring(page)
    looks = _looks(root)
    language = root.get("lang") or "en"
    body = next((each for name in ("main", "body") for each in root.iter(name)), root)
    made = _Mailing(looks, direction(language)).children(body)
    return Part(language, Markup("\n".join(filter(None, map(str.strip, made.splitlines())))), looks)  # noqa: S704


def notice_part(notice: Notice, looks: Looks) -> Part:
    """Return what an office says in its own words, in the looks of a house."""
    made = [PARAGRAPH(TITLE, notice.title)] if notice.title else []
    made += [PARAGRAPH(STYLES["p"], _broken(each)) for each in notice.paragraphs]
    if notice.lines:
        made.append(PARAGRAPH(MONO, BREAK.join(notice.lines)))
    return Part(notice.language, LINES.join(made), looks)


def banner_part(language: str, banner: str, looks: Looks) -> Part:
    """Return the embargo's line as it stands on top of a mail."""
    return Part(language, PARAGRAPH(f"{_on(looks.banner)};font-weight:700;margin-bottom:18px", banner), looks)


def mail_html(title: str, parts: Sequence[Part], ruled: Sequence[bool]) -> Markup:
    """Return a whole HTML mail but for its end, which is `END`.

    Args:
        title: its subject.
        parts: from top to bottom, at least one; the last one's language and looks are those of the whole.
        ruled: for each part, whether a rule stands above it.
    """
    looks, language = parts[-1].looks, parts[-1].language
    way = direction(language)
    made = WHOLE(language, way, title, looks.accent, _side(way), looks.faces)
    for part, rule in zip(parts, ruled, strict=True):
        run = direction(part.language)
        made += (RULE if rule else NOTHING) + PART(part.language, run, _side(run), part.markup)
    return made


def line_markup(line: str) -> Markup:
    """Return the line of a marked copy, for the end of a mail; nothing where there is none."""
    return RULE + PARAGRAPH(SMALL, line) if line else NOTHING


def _broken(text: str) -> Markup:
    """A paragraph with its line breaks; a line that is the address of a page is a link."""
    lines = text.split("\n")
    return BREAK.join(
        LINK(each, each) if each.startswith("http") and " " not in each else escape(each) for each in lines
    )


def _side(way: str) -> str:
    return "right" if way == "rtl" else "left"


def _on(ground: str) -> str:
    """The style of a banner of that colour: with white words, or black ones where they are read more easily."""
    colour, light, dark = (read_colour(each) for each in (ground, WHITE, BLACK))
    ink = WHITE if contrast(colour, light) >= contrast(colour, dark) else BLACK
    return BANNER.format(ground, ink)


def _looks(page: HtmlElement) -> Looks:
    """The looks that an approved page names; its banner is the embargo's where it is hidden from search engines."""
    stylesheet = "".join(each.text or "" for each in page.findall(".//style"))
    named = {name: value.strip() for name, value in NAMED.findall(stylesheet)}
    usual = Looks()
    colours = [named.get(name, "") for name in ("accent", "alert")]
    accent, alert = (
        value if COLOUR.fullmatch(value) else default
        for value, default in zip(colours, (usual.accent, usual.banner), strict=True)
    )
    embargoed = page.find(".//meta[@name='robots']") is not None
    faces = " ".join(named.get("text-face", FACES).replace('"', "'").split())
    return Looks(accent, alert if embargoed else accent, faces if FACE.fullmatch(faces) else FACES)


@dataclass(frozen=True, slots=True)
class _Mailing:
    """How the elements of a page become those of a mail, in the looks of a house and the way its language runs."""

    looks: Looks
    way: str

    def children(self, node: HtmlElement) -> Markup:
        made = [escape(node.text or "")]
        for child in node:
            made += [self.element(child) if isinstance(child.tag, str) else NOTHING, escape(child.tail or "")]
        return NOTHING.join(made)

    def element(self, node: HtmlElement) -> Markup:
        """An element that mail programs show, or only what is in it; of a picture, its alternative text."""
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
        side, rule = _side(self.way), f"solid {self.looks.accent}"
        if "banner-line" in classes:
            first = node.getprevious() is None
            return _on(self.looks.banner) + (";font-weight:700" if first else ";padding-top:0")
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
