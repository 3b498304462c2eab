"""The truth check: every word of the Document stands in the made file, as composed and in order.

Whatever lies between the data and the file (a template, a layout engine, a font), the file is read back by other code
than wrote it. Word and page are compared block by block through the blocks' anchors; PDF and text, which have none
that a reader keeps, by finding the blocks of each part one after the other.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from pressgen.errors import Place, Problem
from pressgen.model.artifact import Artifact, Format
from pressgen.model.direction import direction
from pressgen.model.document import Block, Cell, Document, Leaf, leaves

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lxml.html import HtmlElement

    from pressgen.errors import Locate

SHORT = 60
LONG = 16
"""Characters of a text that no template has of its own."""
UNSEEN = re.compile("[\u00ad\u2010\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
"""Characters that have no shape of their own (Unicode's Default_Ignorable_Code_Point), and the hyphen
that a soft one becomes at the end of a line."""

ONE_WAY = str.maketrans("”’»›)]}>", "“‘«‹([{<")
"""Marks that are read back as their mirror image where a line runs both ways."""


def differences(document: Document, made: Artifact, locate: Locate) -> list[Problem]:
    """The blocks of `document` whose words `made` does not say as they were composed, each at its place in the data."""
    return [_problem(leaf, made, locate) for leaf in astray(document, made.format, made.content)]


def astray(document: Document, format_: Format, content: bytes) -> list[Leaf]:
    """The blocks of `document` that do not stand in a file as they were composed, once, and one after the other.

    Args:
        document: what the file should say.
        format_: the file's.
        content: the file.
    """
    match format_:
        case Format.DOCX:
            from pressgen.word.text import read_marked, read_text  # noqa: PLC0415 - each format's reader comes with it

            text, wrong = "".join(read_text(content)), _by_anchor(document, read_marked(content))
        case Format.HTML:
            page = page_body(content)
            text, wrong = str(page.text_content()), _by_anchor(document, _anchored(page))
        case Format.PDF:
            from pressgen.pdf.text import read_body  # noqa: PLC0415

            text = "".join(read_body(content))
            wrong = _in_order(document, text, str)
        case Format.TXT:
            from pressgen.text.mail import leaf  # noqa: PLC0415

            text = content.decode()
            wrong = _in_order(document, text, leaf)
    return list(dict.fromkeys([*wrong, *_doubled(document, folded(text))]))


def _by_anchor(document: Document, found: dict[str, str]) -> Iterator[Leaf]:
    order = {ident: count for count, ident in enumerate(found)}
    for part in _parts(document):
        last = -1
        for leaf in leaves(part):
            if found.get(leaf.id) != str(leaf) or order[leaf.id] < last:
                yield leaf
            else:
                last = order[leaf.id]


def _doubled(document: Document, text: str) -> Iterator[Leaf]:
    """What stands in `text` more often than in `document`.

    Names and addresses, which cells and contacts hold, may stand in a template as well; a table repeats its header.
    """
    expected = "\0".join(folded(str(leaf)) for leaf in leaves(document.blocks))
    cells = "\0".join(folded(str(leaf)) for leaf in leaves(document.body) if isinstance(leaf, Cell))
    for leaf in leaves([document.headline, *document.body, *document.notes]):
        words = folded(str(leaf))
        if len(words) >= LONG and text.count(words) > expected.count(words) and words not in cells:
            yield leaf


def page_body(content: bytes) -> HtmlElement:
    """Read the body of a web page; an empty one where it has none."""
    from lxml import html  # noqa: PLC0415 - as above

    body = html.document_fromstring(content.decode(errors="replace")).find("body")
    return html.Element("body") if body is None else body


def _anchored(body: HtmlElement) -> dict[str, str]:
    """The text of every anchored element of a page, without that of anchored elements within it, by its block's id."""
    found: dict[str, str] = {}

    def walk(element: HtmlElement, anchor: str) -> None:
        name = str(element.get("id", ""))
        inner = name.removeprefix("pg-") if name.startswith("pg-") else anchor
        found[inner] = found.get(inner, "") + (element.text or "")
        for child in element:
            if isinstance(child.tag, str):
                walk(child, inner)
            found[inner] += child.tail or ""

    walk(body, "")
    return {name: text.strip("\n ") for name, text in found.items()}  # the markup's own line ends


def _in_order(document: Document, text: str, said: Callable[[Leaf], str]) -> Iterator[Leaf]:
    everything = folded(text)
    backwards = direction(document.language) == "rtl"
    for part in _parts(document):
        at = 0
        for leaf in leaves(part):
            words = folded(said(leaf))
            end = end_of(everything, words, at, backwards=backwards)
            if end < 0:
                yield leaf
            else:
                at = end


def folded(text: str) -> str:
    """The text as it looks, without white space: compatibility characters share their shapes (UAX 15, NFKC)."""
    return UNSEEN.sub("", "".join(unicodedata.normalize("NFKC", text).split()))


def end_of(text: str, words: str, at: int, *, backwards: bool) -> int:
    """Where `words` end in `text` from `at` on, -1 if they are not there.

    Lines that run both ways (all of them may, where the page runs `backwards`) are read back in the order of the
    eye, which is not that of speech: there it is enough that the same characters stand together.
    """
    found = text.find(words, at)
    if found >= 0:
        return found + len(words)
    if not backwards and not any(unicodedata.bidirectional(char) in {"R", "AL", "AN"} for char in words):
        return -1
    words, text = words.translate(ONE_WAY), text.translate(ONE_WAY)
    wanted, window = Counter(words), Counter(text[at : at + len(words)])
    for end in range(at + len(words), len(text) + 1):
        if window == wanted:
            return end
        window[text[end - len(words)]] -= 1
        if end < len(text):
            window[text[end]] += 1
    return -1


def _parts(document: Document) -> Iterator[Sequence[Block]]:
    """The blocks that every template keeps together; houses set the parts themselves in their own order."""
    yield document.banner
    yield [document.headline, *([document.subhead] if document.subhead else [])]
    yield [*document.body, *([document.end] if document.end else [])]
    yield [*([document.notes_heading] if document.notes_heading else []), *document.notes]
    yield document.boilerplate
    yield [*([document.contacts_heading] if document.contacts_heading else []), *document.contacts]


def _problem(leaf: Leaf, made: Artifact, locate: Locate) -> Problem:
    words = str(leaf)
    shown = words if len(words) <= SHORT else words[: SHORT - 1] + "…"
    place = locate(leaf.path, 0) if leaf.path else Place(made.name)
    message = f"“{shown}” does not come out in {made.name} as composed; the file is not written"
    return Problem(code="X03", message=message, place=place, path=leaf.path)
