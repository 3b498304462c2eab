"""The words of a release for feed readers and wire desks."""

from __future__ import annotations

from lxml import html

from newsroom.public import told
from pressgen.newsroom.content import XHTML, extract_content, extract_markup


def test_every_word_of_the_page_but_its_headline_is_there_in_order() -> None:
    (edition,) = told(house="university")
    page = html.document_fromstring(edition.files["html"].decode())
    main = page.find(".//main")
    assert main is not None
    for image in main.iter("img"):
        image.text = f"[{image.get('alt')}]" if image.get("alt") else None
    headline = main.find("h1")
    assert headline is not None
    main.remove(headline)

    said = "".join(str(each) for each in extract_content(edition).itertext()).split()

    assert said == main.text_content().split()


def test_only_plain_elements_are_left() -> None:
    (edition,) = told()

    made = extract_content(edition)

    tags = {str(each.tag).removeprefix(f"{{{XHTML}}}") for each in made.iter()}
    assert tags <= set("div p h2 h3 ul ol li blockquote table caption thead tbody tr th td a em strong sup".split())
    assert {name for each in made.iter() for name in each.attrib} <= {"href", "lang", "start", "scope"}
    assert "style" not in extract_markup(edition)
