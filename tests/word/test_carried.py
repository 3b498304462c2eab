"""A journalist who looks into a file finds nothing of its authors, and nothing that a condition has taken away."""

from __future__ import annotations

import io

from PIL import Image

from houses.parts import OFFICE
from pressgen.word.template import FillContext, WordTemplate
from word.maker import IMPRINT, SHOWN, W, docx, p, pack, run, set_plainly, unpack

PARTS = unpack(docx(p("{{ x }}")))


def made(parts: dict[str, bytes], value: object = "V") -> dict[str, bytes]:
    template = WordTemplate.load(pack(parts), SHOWN)
    return unpack(template.render(FillContext({"x": value}, {}, (), IMPRINT), set_plainly))


def related(name: str, *rels: str) -> dict[str, bytes]:
    inside = "".join(f"<Relationship {rel}/>" for rel in rels) + "</Relationships>"
    return {name: PARTS[name].replace(b"</Relationships>", inside.encode())}


def test_what_the_template_knows_of_its_authors_stays_at_home() -> None:
    settings = PARTS["word/settings.xml"].replace(
        b"<w:defaultTabStop", b'<w:rsids><w:rsid w:val="00AB12CD"/></w:rsids><w:defaultTabStop'
    )
    private = {
        "word/settings.xml": settings,
        "docProps/thumbnail.jpeg": b"PORTRAIT",
        "docProps/core.xml": b"<x>MALLORY</x>",
        "word/people.xml": b"<x>MALLORY</x>",
    } | related(
        "_rels/.rels",
        'Id="t" Type="http://x/thumbnail" Target="docProps/thumbnail.jpeg"',
        'Id="c" Type="http://x/core-properties" Target="docProps/core.xml"',
    )
    private |= related("word/_rels/document.xml.rels", 'Id="p" Type="http://x/people" Target="people.xml"')
    whole = b"".join(made(PARTS | private).values())
    assert not [secret for secret in (b"MALLORY", b"PORTRAIT", b"00AB12CD") if secret in whole]


def test_comments_that_nothing_points_to_any_more_are_found() -> None:
    comments = f'<w:comments xmlns:w="{W[1:-1]}"><w:comment/></w:comments>'
    rels = related("word/_rels/document.xml.rels", 'Id="cm" Type="http://x/comments" Target="comments.xml"')
    template = WordTemplate.load(pack(PARTS | {"word/comments.xml": comments.encode()} | rels), SHOWN)
    assert "W03 has comments" in str(template.check(["x"], ())[0])


def dot() -> bytes:
    """A picture of one dot."""
    written = io.BytesIO()
    Image.new("L", (1, 1)).save(written, "PNG")
    return written.getvalue()


def test_an_address_and_a_picture_that_a_condition_removes_leave_the_file() -> None:
    link = f'<w:p><w:hyperlink r:id="secret">{run("x")}</w:hyperlink></w:p>'
    picture = '<w:p><w:r><w:drawing><a:blip r:embed="photo"/></w:drawing></w:r></w:p>'
    parts = unpack(docx(p("{% if x %}") + link + picture + p("{% endif %}")))
    rels = related(
        "word/_rels/document.xml.rels",
        f'Id="secret" Type="{OFFICE}/hyperlink" Target="https://secret.example" TargetMode="External"',
        f'Id="photo" Type="{OFFICE}/image" Target="media/photo.png"',
    )
    for shown in (True, False):
        file = made(parts | rels | {"word/media/photo.png": dot()}, shown)
        assert (b"secret.example" in file["word/_rels/document.xml.rels"]) is shown
        assert ("word/media/photo.png" in file) is shown


def test_a_tag_where_nothing_can_fill_it_is_told_of() -> None:
    """It would leave the house as it is."""
    rels = related(
        "word/_rels/document.xml.rels",
        f'Id="l" Type="{OFFICE}/hyperlink" Target="http://%7B%7Bx%7D%7D" TargetMode="External"',
    )
    parts = unpack(docx(f'<w:p><w:hyperlink r:id="l">{run("x")}</w:hyperlink></w:p>'))
    template = WordTemplate.load(pack(parts | rels), SHOWN)
    assert "word/_rels/document.xml.rels: W07" in str(template.check(["x"], ())[0])
