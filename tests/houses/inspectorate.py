"""The base of the inspectorate: A4, sober, in Arial, with one deep blue-green."""

from __future__ import annotations

from houses.parts import TAB, Base, Page, mark, page_of_pages, paragraph, paragraphs
from houses.styles import (
    BOLD,
    CENTRED_ON_LINE,
    KEEP,
    LIGHT,
    Look,
    Style,
    color,
    flush_right,
    line,
    lists,
    numbering,
    sheet,
    size,
    spacing,
    table,
)
from houses.theme import font_table, theme

LOOK = Look(text="Arial", size=11, ink="17202A", quiet="4B5A66", accent="0B4F6C", rule="B9C6CD", language="en-GB")
ALERT = "9B1C1C"
PAGE = Page(width=11906, height=16838, side=1588, top=1531, bottom=1474, header=680, footer=624)
RIGHT = flush_right(PAGE.measure)
EDGES = (("top", 6), ("left", 8), ("bottom", 6), ("right", 8))
BOX = "".join(f'<w:{edge} w:val="single" w:sz="12" w:space="{space}" w:color="{ALERT}"/>' for edge, space in EDGES)
BANNER = f'{KEEP}<w:pBdr>{BOX}</w:pBdr>{spacing(0, 2, 1.1)}<w:ind w:left="180" w:right="180"/>'

STYLES = [
    Style("heading 1", f'{KEEP}{spacing(14, 7, 1.05)}<w:outlineLvl w:val="0"/>', BOLD + size(20), following="BodyText"),
    Style(
        "heading 2",
        f'{KEEP}{spacing(15, 5, 1.1)}<w:outlineLvl w:val="1"/>',
        BOLD + color(LOOK.accent) + size(13),
        following="BodyText",
    ),
    Style("heading 3", f'{KEEP}{spacing(12, 3, 1.1)}<w:outlineLvl w:val="2"/>', BOLD, following="BodyText"),
    Style("Section Heading", f"{line('top', 0.75, 10, LOOK.rule)}{spacing(20, 6, 1.1)}", based="Heading2"),
    Style("Subtitle", f"{KEEP}{spacing(0, 11, 1.15)}", color(LOOK.quiet) + size(13), following="BodyText"),
    Style("Body Text", spacing(0, 8, 1.2)),
    Style(
        "Quote",
        f'<w:keepLines/>{line("left", 1.5, 10, LOOK.accent)}{spacing(0, 8, 1.2)}<w:ind w:left="284"/>',
        based="BodyText",
    ),
    Style("Pull Quote", f"<w:keepLines/>{spacing(10, 14, 1.15)}", color(LOOK.accent) + size(16), following="BodyText"),
    *lists(LOOK, 4, 1.2),
    Style("End Mark", spacing(8, 12), BOLD, following="BodyText"),
    Style("Banner", BANNER, BOLD + color(ALERT) + size(10.5)),
    Style("Banner Detail", run=LIGHT + color(LOOK.ink) + size(9.5), based="Banner"),
    Style("caption", spacing(2, 6, 1.15), color(LOOK.quiet) + size(9.5), following="BodyText"),
    Style("Contact", f"<w:keepLines/>{spacing(0, 2, 1.15)}", size(9.5)),
    Style("Table Heading", f"<w:keepNext/>{spacing(0, 0, 1.1)}", BOLD + color(LOOK.accent) + size(10)),
    Style("Table Text", spacing(0, 0, 1.15), size(10)),
    Style("Table Rating", run=BOLD, based="TableText"),
    table(LOOK, ruled_above=False),
    Style("Hyperlink", run=color(LOOK.accent) + '<w:u w:val="single"/>', kind="character"),
    Style("Note Citation", run='<w:vertAlign w:val="superscript"/>', kind="character"),
    Style("header", spacing(), size(8.5)),
    Style("footer", line("top", 0.5, 6, LOOK.rule) + RIGHT, color(LOOK.quiet) + size(8.5)),
    Style("Running Banner", spacing(0, 8), BOLD + color(ALERT) + size(8.5), "Header"),
    Style(
        "Masthead",
        f"{line('bottom', 3, 8, LOOK.accent)}{RIGHT}{spacing(0, 14)}{CENTRED_ON_LINE}",
        BOLD + color(LOOK.accent) + size(14),
        "Header",
    ),
    Style("Kind Of Release", run=LIGHT + color(LOOK.quiet) + size(10), kind="character"),
]

BODY = paragraphs(
    ("BodyText", "{% if banner_line %}"),
    ("Banner", "{{ banner_line }}"),
    ("BodyText", "{% for line in banner[1:] %}"),
    ("BannerDetail", "{{ line }}"),
    ("BodyText", "{% endfor %}"),
    ("BodyText", "{% endif %}"),
    ("Heading1", "{{ headline }}"),
    ("Subtitle", "{{ subhead }}"),
    ("BodyText", "{{ body }}"),
    ("EndMark", "{{ end }}"),
    ("SectionHeading", "{{ notes_heading }}"),
    ("Note", "{{ notes }}"),
    ("BodyText", "{{ boilerplate }}"),
    ("SectionHeading", "{{ contacts_heading }}"),
    ("Contact", "{{ contacts }}"),
)
RUNNING = paragraphs(
    ("RunningBanner", "{% if embargoed %}"), ("RunningBanner", "{{ banner_line }}"), ("RunningBanner", "{% endif %}")
)
MASTHEAD = paragraph("Masthead", mark(174, 32, "Inspectorate of Custody and Resettlement"))
FOOTER = paragraph("Footer", TAB + page_of_pages())


def base(logo: bytes) -> Base:
    """The template, with the house's mark."""
    return Base(
        page=PAGE,
        styles=sheet(LOOK, STYLES),
        numbering=numbering(LOOK),
        theme=theme(LOOK, "Inspectorate"),
        fonts=font_table((LOOK.text,)),
        body=BODY,
        margins={"header1": RUNNING, "header2": RUNNING + MASTHEAD, "footer1": FOOTER, "footer2": FOOTER},
        mark=logo,
        language=LOOK.language,
    )
