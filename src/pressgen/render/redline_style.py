"""Style a PDF that shows changes, in addition to its house's style.

Deleted words are struck through; inserted words are underlined twice, because a single line is a link's. Words that
moved have two lines through them at the old place, and a dashed line under them at the new one. Each line with a change
has a bar in the margin. Colours only add to it: both have a contrast of more than 7 on white (WCAG 2.2,
1.4.6). A box above the release says which two versions it shows, and how.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from pressgen.model.direction import get_direction

if TYPE_CHECKING:
    from pressgen.model.document import Document
    from pressgen.model.redline import Redline

BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
STYLE = """\
@page {{
  margin-{near}: 29mm !important; margin-{far}: 22mm !important;
  @bottom-{near}-corner {{
    content: "{line}"; margin-{far}: 5mm; padding: 5mm 0 0 2mm; vertical-align: top; text-align: {far};
    font: 400 6pt/1.35 var(--label-face, var(--text-face, sans-serif)); color: #5f6368;
  }}
}}
[data-fate=gone], [data-fate=gone] a {{ color: #8f1414; text-decoration: line-through .07em #8f1414 }}
[data-fate=come], [data-fate=come] a {{
  color: #0a3f86; text-decoration: underline double .06em #0a3f86; text-underline-offset: .12em;
}}
[data-fate=away], [data-fate=away] a {{ color: #14532d; text-decoration: line-through double .05em #14532d }}
[data-fate=here], [data-fate=here] a {{
  color: #14532d; text-decoration: underline dashed .06em #14532d; text-underline-offset: .12em;
}}
[data-fate=restyled], [data-fate=restyled] a {{
  color: #5b2a86; text-decoration: underline dotted .08em #5b2a86; text-underline-offset: .12em;
}}
[data-fate=note] {{
  color: #5b2a86; font: italic 400 .8em var(--label-face, var(--text-face, sans-serif)); text-decoration: none;
}}
.word::before, [data-whole]:is(.figure, .chart)::before {{
  content: ""; position: absolute; {near}: -2mm; width: .7mm; height: 1lh; background: #30363d;
}}
[data-fate=gone] + [data-fate=come] {{ margin-{near}: .16em }}
.word {{ overflow-wrap: normal }}
.word.long {{ overflow-wrap: break-word }}
sup .word::before {{ height: 1em }}
li:is([data-whole=gone], [data-whole=away]) {{ counter-increment: list-item 0; list-style-type: none }}
[data-whole]:is(.figure, .chart) {{ position: relative }}
[data-whole]:is(.figure, .chart)::before {{ top: 0; bottom: 0; height: auto }}
[data-whole=gone] > img {{ max-height: 45mm !important; border: 1.2pt dashed #8f1414; padding: 1.5mm }}
[data-whole=come] > img {{ border: 2pt double #0a3f86; padding: 1.5mm }}
[data-whole=away] > img {{ max-height: 45mm !important; border: 1.2pt dashed #14532d; padding: 1.5mm }}
[data-whole=here] > img {{ border: 2pt double #14532d; padding: 1.5mm }}
.changes {{
  margin: 0 0 7mm; padding: 3.2mm 4.5mm 3.4mm; border: .6pt solid #9aa3ab; border-left: 2.2mm solid #30363d;
  color: #1c2127; font: 400 9pt/1.45 var(--label-face, var(--text-face, sans-serif)); letter-spacing: 0;
  text-align: left;
}}
.changes p {{ margin: 0 0 .35em; text-indent: 0; max-width: none; font: inherit; color: inherit }}
.changes p:last-child {{ margin: .7em 0 0 }}
.changes .about {{ margin: 0 0 .7em; padding: 0; border: 0; font-size: 11pt; font-weight: 700 }}
.changes .side {{ display: inline-block; width: 3.2em; font-weight: 700 }}
.changes [data-fate] .word::before {{ content: none }}
"""
HEAD = Markup("""
<div class="changes" lang="en" dir="ltr">
<p class="about">Changes to {reference}</p>
<p><span class="side">From</span> <strong>{old}</strong>{about_old}</p>
<p><span class="side">To</span> <strong>{new}</strong>{about_new}</p>
<p>{told}</p>
<p><span data-fate="gone">Struck out</span>: was taken out. <span data-fate="come">Underlined twice</span>: was put in.
<span data-fate="away">Struck out twice</span>: moved from here. <span data-fate="here">Underlined with dashes</span>:
moved to here. <span data-fate="restyled">Underlined with dots</span>: the link or the emphasis changed. A bar in the
margin marks each line with a change.</p>
</div>
""")


def format_summary(redline: Redline) -> str:
    """Return a sentence on how much differs."""
    summary = str(redline.summary)
    return f"{summary[:1].upper()}{summary[1:]}."


def format_redline_stylesheet(document: Document) -> str:
    """Return the stylesheet of a PDF that shows changes.

    It follows that of its house and the labels of a review copy.
    """
    near, far = ("left", "right") if get_direction(document.language) == "ltr" else ("right", "left")
    line = document.edition.line(document.reference) if document.edition else ""
    return STYLE.format(near=near, far=far, line=line.replace("\\", "").replace('"', ""))


def add_change_box(page: str, document: Document) -> str:
    """Return a page with a box that says which versions it compares.

    A page that shows one version is returned unchanged.
    """
    redline = document.redline
    if redline is None:
        return page
    sides = {"old": redline.old, "new": redline.new}
    said = {name: side.name for name, side in sides.items()}
    said |= {f"about_{name}": f" · {side.about}" if side.about else "" for name, side in sides.items()}
    box = HEAD.format(reference=document.reference, told=format_summary(redline), **said)
    return BODY.sub(lambda body: body[0] + str(box), page, count=1)
