"""The words of a page as plain XHTML, for feeds and newsdesks.

The allowed elements are listed here. All others are unwrapped, so that their words stay. A picture is replaced by its
description.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree, html

from pressgen.newsroom.xml_elements import make_root

if TYPE_CHECKING:
    from pressgen.newsroom.public_release import LanguageEdition

XHTML = "http://www.w3.org/1999/xhtml"
KEPT = {"lang", "href", "start", "colspan", "rowspan", "scope"}
PLAIN = frozenset(
    "p h1 h2 h3 h4 ul ol li blockquote table caption thead tbody tr th td a em strong sup sub br cite q".split()
)
UNSPOKEN = frozenset({"style", "script", "svg", "template"})


def extract_content(edition: LanguageEdition) -> etree._Element:
    """Extract the text of an edition as an XHTML `div`.

    The headline is left out, because every format has its own field for it.
    """
    return etree.fromstring(extract_markup(edition))


def extract_markup(edition: LanguageEdition) -> str:
    """Extract the text of an edition as XHTML markup."""
    return _extract_markup(edition.files["html"], edition.headline)


@lru_cache(maxsize=256)
def _extract_markup(page: bytes, headline: str) -> str:
    """Return the markup of a page.

    It is cached: every lift builds the feeds again, from mostly the same pages.
    """
    parser = html.HTMLParser(remove_comments=True, remove_pis=True)
    read = html.document_fromstring(page.decode(), parser=parser)
    mains = read.findall(".//main")
    start = mains[0] if len(mains) == 1 else read.find("body")
    made = make_root("div", XHTML)
    if start is not None:
        _copy_words(made, start, headline)
    return etree.tostring(made, encoding="unicode")


def _copy_words(made: etree._Element, read: html.HtmlElement, headline: str) -> None:
    """Copy the words of `read` to the end of `made`.

    Only the elements that may stay are copied.
    """
    _text(made, read.text)
    for child in read:
        if child.tag == "img":
            _text(made, f"[{child.get('alt')}]" if child.get("alt") else "")
        elif child.tag in PLAIN and not _is_left_out(child, headline):
            said = {str(name): str(value) for name, value in child.attrib.items()}
            kept = {name: value for name, value in said.items() if name in KEPT and not value.startswith("#")}
            _copy_words(etree.SubElement(made, f"{{{XHTML}}}{child.tag}", kept), child, headline)
        elif not _is_left_out(child, headline):
            _copy_words(made, child, headline)
        _text(made, child.tail)


def _is_left_out(element: html.HtmlElement, headline: str) -> bool:
    """Return whether an element is left out of the content.

    Such as the headline, a link back from a note, or an element that contains no words of the release.
    """
    if "back" in element.classes or element.tag in UNSPOKEN:
        return True
    return element.tag == "h1" and _line(_read_without_citations(element)) == _line(headline)


def _read_without_citations(element: html.HtmlElement) -> str:
    """Return the words of an element without its note numbers."""
    return "".join(str(each) for each in element.xpath(".//text()[not(ancestor::sup)]"))


def _line(text: str) -> str:
    return " ".join(text.split())


def _text(made: etree._Element, text: str | None) -> None:
    if not text:
        return
    if len(made):
        made[-1].tail = (made[-1].tail or "") + text
    else:
        made.text = (made.text or "") + text
