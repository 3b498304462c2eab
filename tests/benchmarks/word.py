"""Word rendering against docxtpl rendering an equivalent template: the same styles, header, footer and paragraphs."""

from __future__ import annotations

import io

import docx
from docxtpl import DocxTemplate

from benchmarks.measuring import Measurement, in_turn
from machine import ROOT, SHARED
from pressgen.actions.workspace.folder import Workspace, load_release
from pressgen.compose.document import compose
from pressgen.model.artifact import Variant
from pressgen.model.document import Document, iter_leaves
from pressgen.model.moment import read_moments
from pressgen.model.words import to_plain_text
from pressgen.render import word

SEED = SHARED / "seeds" / "example"
SAMPLE = ROOT / "releases" / "new-chief-inspector"


def against_docxtpl() -> Measurement:
    """Both start from the bytes of their template; ours also makes bookmarks, properties and numbering."""
    desk = load_release(Workspace(ROOT), SEED if SEED.is_dir() else SAMPLE)[0]
    times = read_moments(desk.release)
    (document,) = compose(
        desk.release, times, desk.house.house, slug=desk.slug, variants=[Variant.PUBLIC], locate=desk.locate
    )
    base, filling = template(desk.house.files["release.docx"]), context(document)

    def theirs() -> None:
        made = DocxTemplate(io.BytesIO(base))
        made.render(filling, autoescape=True)
        made.save(io.BytesIO())

    ours, docxtpl = in_turn(lambda: word.render(document, desk.house, desk.media), theirs, 40)
    detail = f"{ours * 1000:.1f} ms against {docxtpl * 1000:.1f} ms"
    return Measurement(f"Word file of {desk.slug} against docxtpl", ours / docxtpl, 0.3, "x", detail)


PLACES = (  # what our own template prints, in its order: a name, its style, whether it is many
    ("banner", "Banner", True),
    ("headline", "Heading 1", False),
    ("subhead", "Subtitle", False),
    ("body", "Body Text", True),
    ("end", "End Mark", False),
    ("notes_heading", "Heading 2", False),
    ("notes", "Note", True),
    ("boilerplate", "Body Text", True),
    ("contacts_heading", "Heading 2", False),
    ("contacts", "Contact", True),
)


def template(base: bytes) -> bytes:
    """Our own template with the same places, its tags written as docxtpl wants them."""
    file = docx.Document(io.BytesIO(base))
    for paragraph in list(file.paragraphs):
        paragraph._p.getparent().remove(paragraph._p)
    for name, style, many in PLACES:
        lines = ["{%p for text in " + name + " %}", "{{ text }}", "{%p endfor %}"] if many else [
            "{%p if " + name + " %}", "{{ " + name + " }}", "{%p endif %}",
        ]  # fmt: skip
        for line in lines:
            file.add_paragraph(line, style)
    for section in file.sections:
        for part in (section.header, section.first_page_header):
            for paragraph in part.paragraphs[:3]:
                for run in paragraph.runs:
                    run.text = run.text.replace("{% ", "{%p ")
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def context(document: Document) -> dict[str, object]:
    return {
        "banner": [],
        "headline": str(document.headline),
        "subhead": "",
        "body": [to_plain_text(leaf.words) for leaf in iter_leaves(document.body)],
        "end": str(document.end),
        "notes_heading": str(document.notes_heading),
        "notes": [str(note) for note in document.notes],
        "boilerplate": [],
        "contacts_heading": "",
        "contacts": [],
        "embargoed": False,
    }
