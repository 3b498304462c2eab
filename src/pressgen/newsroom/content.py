"""The words of a page without its dress, for feed readers and wire desks: XHTML of plain elements, and nothing else.

What a reader may keep is named here; all else is unwrapped, so that its words stay. A picture comes as its words.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree, html

from pressgen.newsroom.elements import root

if TYPE_CHECKING:
    from pressgen.newsroom.item import Edition

XHTML = "http://www.w3.org/1999/xhtml"
KEPT = {"lang", "href", "start", "colspan", "rowspan", "scope"}
PLAIN = frozenset(
    "p h1 h2 h3 h4 ul ol li blockquote table caption thead tbody tr th td a em strong sup sub br cite q".split()
)
UNSPOKEN = frozenset({"style", "script", "svg", "template"})


def content(edition: Edition) -> etree._Element:
    """The release in one language as a `div` of XHTML, without the headline, which every form has by itself."""
    return etree.fromstring(markup(edition))


def markup(edition: Edition) -> str:
    """The same as text."""
    return _said(edition.files["html"], edition.headline)


@lru_cache(maxsize=256)
def _said(page: bytes, headline: str) -> str:
    """The markup of a page; every lift makes the feeds anew, of mostly the same pages."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True)
    read = html.document_fromstring(page.decode(), parser=parser)
    mains = read.findall(".//main")
    start = mains[0] if len(mains) == 1 else read.find("body")
    made = root("div", XHTML)
    if start is not None:
        _into(made, start, headline)
    return etree.tostring(made, encoding="unicode")


def _into(made: etree._Element, read: html.HtmlElement, headline: str) -> None:
    """Copy the words of `read` to the end of `made`, with the elements that may stay."""
    _text(made, read.text)
    for child in read:
        if child.tag == "img":
            _text(made, f"[{child.get('alt')}]" if child.get("alt") else "")
        elif child.tag in PLAIN and not _left_out(child, headline):
            said = {str(name): str(value) for name, value in child.attrib.items()}
            kept = {name: value for name, value in said.items() if name in KEPT and not value.startswith("#")}
            _into(etree.SubElement(made, f"{{{XHTML}}}{child.tag}", kept), child, headline)
        elif not _left_out(child, headline):
            _into(made, child, headline)
        _text(made, child.tail)


def _left_out(element: html.HtmlElement, headline: str) -> bool:
    """Whether it is no word of the release, leads back from a note within the page, or is the headline."""
    back = "back" in element.classes
    return back or element.tag in UNSPOKEN or (element.tag == "h1" and _line(_uncited(element)) == _line(headline))


def _uncited(element: html.HtmlElement) -> str:
    """The words of an element without the numbers of the notes that it cites."""
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
