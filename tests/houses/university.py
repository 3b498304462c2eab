"""The base of the university: Letter, in Georgia with Calibri for labels, and one burgundy."""

from __future__ import annotations

from houses.parts import TAB, Base, Page, mark, page_of_pages, paragraph, paragraphs, run
from houses.styles import (
    BOLD,
    CENTRED_ON_LINE,
    KEEP,
    LIGHT,
    Look,
    Style,
    color,
    face,
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

LOOK = Look(text="Georgia", size=10.5, ink="1F1A17", quiet="5B524C", accent="7A1F2B", rule="CFC5BC", language="en-US")
LABEL = face("Calibri")
PAGE = Page(width=12240, height=15840, side=1656, top=1584, bottom=1440, header=720, footer=648)
RIGHT = flush_right(PAGE.measure)

STYLES = [
    Style("heading 1", f'{KEEP}{spacing(12, 6, 1.05)}<w:outlineLvl w:val="0"/>', BOLD + size(22), following="BodyText"),
    Style(
        "heading 2",
        f'{KEEP}{spacing(16, 4, 1.1)}<w:outlineLvl w:val="1"/>',
        BOLD + color(LOOK.accent) + size(12.5),
        following="BodyText",
    ),
    Style("heading 3", f'{KEEP}{spacing(12, 3, 1.1)}<w:outlineLvl w:val="2"/>', BOLD, following="BodyText"),
    Style("Section Heading", f"{line('top', 0.75, 10, LOOK.rule)}{spacing(20, 5, 1.1)}", based="Heading2"),
    Style("Subtitle", f"{KEEP}{spacing(0, 12, 1.15)}", "<w:i/><w:iCs/>" + color(LOOK.quiet) + size(13)),
    Style("Body Text", spacing(0, 8, 1.25)),
    Style(
        "Quote",
        f'<w:keepLines/>{line("left", 1.5, 12, LOOK.rule)}{spacing(0, 8, 1.25)}<w:ind w:left="320"/>',
        based="BodyText",
    ),
    Style(
        "Pull Quote",
        f"<w:keepLines/>{spacing(10, 14, 1.15)}",
        "<w:i/><w:iCs/>" + color(LOOK.accent) + size(16),
        following="BodyText",
    ),
    *lists(LOOK, 4, 1.25),
    Style("End Mark", f'{spacing(10, 10)}<w:jc w:val="center"/>', LABEL + size(11), following="BodyText"),
    Style("Banner", f"{KEEP}{spacing(0, 1, 1.1)}", LABEL + BOLD + color(LOOK.accent) + size(11)),
    Style("Banner Detail", run=LIGHT + color(LOOK.quiet) + size(10), based="Banner"),
    Style("caption", spacing(2, 6, 1.15), LABEL + color(LOOK.quiet) + size(9.5), following="BodyText"),
    Style("Contact", f"<w:keepLines/>{spacing(0, 1, 1.15)}", LABEL + size(10.5)),
    Style("Table Heading", f"<w:keepNext/>{spacing(0, 0, 1.1)}", LABEL + BOLD + size(10)),
    Style("Table Text", spacing(0, 0, 1.15), LABEL + size(10)),
    Style("Table Rating", run=BOLD, based="TableText"),
    table(LOOK, ruled_above=True),
    Style("Hyperlink", run=color(LOOK.accent) + '<w:u w:val="single"/>', kind="character"),
    Style("Note Citation", run='<w:vertAlign w:val="superscript"/>', kind="character"),
    Style("header", spacing(), LABEL + size(9)),
    Style("footer", RIGHT, LABEL + color(LOOK.quiet) + size(9)),
    Style("Running Banner", spacing(0, 8), BOLD + color(LOOK.accent), "Header"),
    Style(
        "Masthead",
        f"{line('bottom', 1, 8, LOOK.accent)}{RIGHT}{spacing(0, 12)}{CENTRED_ON_LINE}",
        face(LOOK.text) + BOLD + color(LOOK.accent) + size(16),
        "Header",
    ),
    Style("Kind Of Release", run=LABEL + LIGHT + color(LOOK.quiet) + size(10), kind="character"),
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
MASTHEAD = paragraph(
    "Masthead", mark(26, 29.25) + run("  {{ publisher }}") + TAB + run("News release", "KindOfRelease")
)
FOOTER = paragraph("Footer", run("{{ publisher }} · {{ reference }}") + TAB + page_of_pages())


def base(logo: bytes) -> Base:
    """The template, with the house's mark."""
    return Base(
        page=PAGE,
        styles=sheet(LOOK, STYLES),
        numbering=numbering(LOOK),
        theme=theme(LOOK, "University"),
        fonts=font_table((LOOK.text, "Calibri")),
        body=BODY,
        margins={"header1": RUNNING, "header2": MASTHEAD, "footer1": FOOTER, "footer2": FOOTER},
        mark=logo,
        language=LOOK.language,
    )
