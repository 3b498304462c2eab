"""Style a review copy, in addition to its house's style.

This holds for paper and screen. DRAFT is drawn behind the text, so that no format has the word in its text. There are a
wide margin to write in, a label next to each text, and at the foot the line that names the edition. Screen readers read
none of it.
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from markupsafe import Markup

from pressgen.model.direction import get_direction
from pressgen.render.redline_style import format_redline_stylesheet

if TYPE_CHECKING:
    from pressgen.model.document import Document

LETTERS = (
    "M0 0V100H28A50 50 0 0 0 28 0Z",
    "M108 100V0H146A28 28 0 0 1 146 56H108M142 56 178 100",
    "M202 100 242 0 282 100M217 64H267",
    "M364 0H306V100M306 48H354",
    "M380 0H460M420 0V100",
)
"""The word DRAFT in strokes, 460 wide and 100 high: no font is needed for it."""
DRAFT = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{}"{}><path d="{}" fill="none" stroke="{}"'
    ' stroke-width="13"{}/></svg>'
)
PALE = "#eef0f2"
NO_TURN, UPHILL = Markup(), Markup(' transform="rotate(-52 230 50)"')
LABELS = """\
[data-label]::before {{
  content: attr(data-label); position: absolute; {near}: -24.5mm; width: 21.5mm; margin-top: .42em; text-align: {far};
  font: 400 7pt/1.2 var(--label-face, var(--text-face, sans-serif)); color: #5f6368; overflow-wrap: anywhere;
  letter-spacing: 0; text-indent: 0; text-transform: none; white-space: normal;
}}
h1 [data-label]::before {{ margin-top: 1.5em }}
h2 [data-label]::before {{ margin-top: .7em }}
"""
PAPER = """\
@page {{
  margin-{near}: 27mm !important; margin-{far}: 58mm !important;
  background: url("data:image/svg+xml;base64,{draft}") 50% 50% / 140mm no-repeat;
  @{far}-middle {{ content: ""; width: 100%; height: 100%; margin-{near}: 7mm; border-{near}: .5pt solid #c9ced3 }}
  @bottom-{far}-corner {{
    content: "{line}"; margin-{near}: 7mm; padding: 5mm 2mm 0 0; vertical-align: top; text-align: {near};
    font: 400 6.5pt/1.35 var(--label-face, var(--text-face, sans-serif)); color: #5f6368;
  }}
}}
"""
SCREEN = """\
main {{ position: relative }}
.edition {{ margin-top: 2em; color: #5f6368; font: 400 .8em/1.4 var(--label-face, var(--text-face, sans-serif)) }}
.draft {{ position: fixed; z-index: -1; inset: 0; margin: auto; width: 70%; max-width: 34rem; pointer-events: none }}

@media screen {{
  [data-label]::before {{ {near}: -8.5rem; width: 7.5rem; font-size: .72rem; margin-top: .45em }}
  @media (max-width: 62rem) {{
    [data-label]::before {{ display: block; position: static; width: auto; margin: 0; text-align: {near} }}
  }}
}}

@media print {{ body {{ margin-{near}: 24mm; margin-{far}: 24mm }} }}
"""


def format_review_pdf_style(document: Document) -> str:
    """Return the stylesheet of a review copy's PDF, or an empty text.

    It follows the stylesheet of its house.
    """
    if document.edition is None:
        return ""
    if document.redline:
        return LABELS.format(**_get_sides(document)) + format_redline_stylesheet(document)
    drawn = _draw_draft(Markup(' width="500" height="500"'), "-20 -200 500 500", UPHILL)
    line = document.edition.line(document.reference)
    sides = _get_sides(document)
    return (LABELS + PAPER).format(line=line, draft=b64encode(drawn.encode()).decode(), **sides)


def format_review_page_style(document: Document) -> Markup:
    """Return the `<style>` element of a review copy's page.

    It is empty for any other page.
    """
    if document.edition is None:
        return Markup()
    looks = (LABELS + SCREEN).format(**_get_sides(document))
    return Markup(f"<style>\n{looks}</style>")  # noqa: S704 - our own, which may not be escaped


def add_draft_marks(page: str, document: Document) -> str:
    """Return a page with DRAFT behind it and its edition below.

    A page that is not a review copy is returned unchanged.
    """
    if document.edition is None:
        return page
    drawn = _draw_draft(Markup(' class="draft" aria-hidden="true"'), "-20 -20 500 140")
    line = document.edition.line(document.reference)
    foot = Markup('<aside class="edition" aria-label="Review">{}</aside>\n').format(line)
    before, body, after = page.rpartition("</body>")
    return f"{before}{drawn}\n{foot}{body}{after}" if body else f"{page}{drawn}\n{foot}"


def _get_sides(document: Document) -> dict[str, str]:
    """Return the sides where lines begin and where they end."""
    near, far = ("left", "right") if get_direction(document.language) == "ltr" else ("right", "left")
    return {"near": near, "far": far}


def _draw_draft(attributes: Markup, room: str, turn: Markup = NO_TURN) -> Markup:
    return DRAFT.format(room, attributes, " ".join(LETTERS), PALE, turn)
