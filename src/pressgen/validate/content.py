"""Check that a built file contains every word of the document.

The words must be there as composed and in order. A template, a layout engine or a font may come between the data and
the file, so the file is read back by other code than wrote it. Word and page are compared block by block through the
blocks' anchors. PDF and text have no anchors that a reader keeps; there the blocks of each part are found one after the
other.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from pressgen.errors import Place, Problem
from pressgen.model.artifact import Artifact, Format
from pressgen.model.direction import get_direction
from pressgen.model.document import Block, Cell, Document, Leaf, iter_leaves

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lxml.html import HtmlElement

    from pressgen.errors import Locate

ONCE = "the house’s template must have this tag once"
SHORT = 60
LONG = 16
"""Texts of so many characters are never a template's own."""
UNSEEN = re.compile("[\u00ad\u2010\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
"""Characters that have no shape of their own (Unicode's Default_Ignorable_Code_Point), and the hyphen
that a soft one becomes at the end of a line."""

BACKWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+")
"""A word of a script that runs from right to left."""
ONE_WAY = str.maketrans("”’»›)]}>", "“‘«‹([{<")
"""Marks that are read back as their mirror image where a line runs both ways."""


def check_content(document: Document, made: Artifact, locate: Locate) -> list[Problem]:
    """List the blocks that a file does not contain as composed.

    Each is reported at its place in the data. A part that has several blocks and shows none of them right is reported
    once, at the file: its template is at fault.
    """
    wrong = find_wrong_blocks(document, Format(made.format), made.content)
    parts = {name: leaves for name, leaves in list_wrong_parts(document, wrong).items() if len(leaves) > 1}
    reported = {leaf for leaves in parts.values() for leaf in leaves}
    return [
        *(Problem(code="X03", message=message, place=Place(made.name)) for message in parts),
        *(_make_problem(leaf, made.name, locate) for leaf in dict.fromkeys(chain(*wrong)) if leaf not in reported),
    ]


def list_wrong_parts(document: Document, wrong: WrongBlocks) -> dict[str, list[Leaf]]:
    """Return the leaves of each wrong part, by the message for it.

    It lacks all its leaves, or shows several of them too often: its tag is missing, or is there twice.
    """
    found: dict[str, list[Leaf]] = {}
    for name, blocks in list_parts(document).items():
        leaves = list(iter_leaves(blocks))
        repeated = [leaf for leaf in leaves if leaf in wrong.repeated]
        if leaves and set(wrong.missing).issuperset(leaves):
            found[f"what {{{{ {name} }}}} stands for is missing or different; {ONCE}"] = leaves
        elif len(repeated) > 1 or (repeated and len(leaves) == 1):
            found[f"what {{{{ {name} }}}} stands for is there more than once; {ONCE}"] = repeated
    return found


def list_parts(document: Document) -> dict[str, Sequence[Block]]:
    """Return the blocks of a document by their names in templates."""

    def one(block: Block | None) -> Sequence[Block]:
        return [] if block is None else [block]

    return {
        "banner": document.banner,
        "headline": [document.headline],
        "subhead": one(document.subhead),
        "body": document.body,
        "end": one(document.end),
        "notes_heading": one(document.notes_heading),
        "notes": document.notes,
        "boilerplate": document.boilerplate,
        "contacts_heading": one(document.contacts_heading),
        "contacts": document.contacts,
    }


def check_text(document: Document, text: str, shown: str, locate: Locate) -> list[Problem]:
    """List the blocks that the text of a file does not have.

    Each block must be there once, with its exact words, and in order. `shown` is the file's name.
    """
    wrong = [*_find_missing_in_order(document, text, str), *_find_duplicates(document, normalise_text(text))]
    return [_make_problem(leaf, shown, locate) for leaf in dict.fromkeys(wrong)]


def find_missing_blocks(document: Document, format_: Format, content: bytes) -> list[Leaf]:
    """List the blocks that a file does not contain as composed.

    A block must be there once, with its exact words, and in order.

    Args:
        document: what the file should say.
        format_: the file's.
        content: the file.
    """
    return list(dict.fromkeys(chain(*find_wrong_blocks(document, format_, content))))


class WrongBlocks(NamedTuple):
    """The blocks that a file lacks, changes or repeats."""

    missing: list[Leaf]
    repeated: list[Leaf]


def find_wrong_blocks(document: Document, format_: Format, content: bytes) -> WrongBlocks:
    """Find the blocks that a file lacks, changes or repeats."""
    match format_:
        case Format.DOCX:
            from pressgen.word.text import read_blocks, read_paragraphs

            text, wrong = "".join(read_paragraphs(content)), _find_missing_by_anchor(document, read_blocks(content))
        case Format.HTML:
            page = parse_page_body(content)
            text, wrong = str(page.text_content()), _find_missing_by_anchor(document, _read_anchored_texts(page))
        case Format.PDF:
            from pressgen.pdf.text import read_body

            text = "".join(read_body(content))
            wrong = _find_missing_in_order(document, text, str)
        case Format.TXT:
            from pressgen.text.mail import format_leaf

            text = content.decode()
            wrong = _find_missing_in_order(document, text, format_leaf)
    return WrongBlocks(list(dict.fromkeys(wrong)), list(_find_duplicates(document, normalise_text(text))))


def _find_missing_by_anchor(document: Document, found: dict[str, str]) -> Iterator[Leaf]:
    order = {ident: count for count, ident in enumerate(found)}
    for part in _iterate_sections(document):
        last = -1
        for leaf in iter_leaves(part):
            if found.get(leaf.id) != str(leaf) or order[leaf.id] < last:
                yield leaf
            else:
                last = order[leaf.id]


def _find_duplicates(document: Document, text: str) -> Iterator[Leaf]:
    """Yield the blocks that are in a text more often than composed.

    Names and addresses, which cells and contacts hold, may be in a template as well; a table repeats its header.
    """
    expected = "\0".join(normalise_text(str(leaf)) for leaf in iter_leaves(document.blocks))
    cells = "\0".join(normalise_text(str(leaf)) for leaf in iter_leaves(document.body) if isinstance(leaf, Cell))
    for leaf in iter_leaves([document.headline, *document.body, *document.notes]):
        words = normalise_text(str(leaf))
        if len(words) >= LONG and text.count(words) > expected.count(words) and words not in cells:
            yield leaf


def parse_page_body(content: bytes) -> HtmlElement:
    """Parse the body of a web page; an empty one for none."""
    from lxml import html

    body = html.document_fromstring(content.decode(errors="replace")).find("body")
    return html.Element("body") if body is None else body


def _read_anchored_texts(body: HtmlElement) -> dict[str, str]:
    """Return the text of each anchored element by block id.

    The text of anchored elements within it is left out.
    """
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


def _find_missing_in_order(document: Document, text: str, text_of: Callable[[Leaf], str]) -> Iterator[Leaf]:
    everything = normalise_text(text)
    backwards = get_direction(document.language) == "rtl"
    for part in _iterate_sections(document):
        at = 0
        for leaf in iter_leaves(part):
            spoken = text_of(leaf)
            words = normalise_text(spoken)
            end = find_end(everything, words, at, backwards=backwards)
            if end < 0 or not _has_each_word(everything[max(end - len(words), 0) : end], spoken):
                yield leaf
            else:
                at = end


def normalise_text(text: str) -> str:
    """Return a text without white space and invisible characters (UAX 15, NFKC)."""
    return UNSEEN.sub("", "".join(unicodedata.normalize("NFKC", text).split()))


def find_end(text: str, words: str, at: int, *, backwards: bool) -> int:
    """Return where `words` end in `text`, or -1.

    The search begins at `at`.

    Lines that run both ways (all may, if the page runs `backwards`) are read back in the order of the eye, not of
    speech; there it is enough that the same characters are together.
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


def _has_each_word(shown: str, spoken: str) -> bool:
    """Return whether each right-to-left word can be copied and found.

    Lines that run both ways come in another order, their words do not. Points and marks, which some readers put beside
    their letters, are not compared.
    """
    letters = _drop_marks(shown)
    return all(_drop_marks(normalise_text(word)) in letters for word in BACKWARDS.findall(spoken))


def _drop_marks(text: str) -> str:
    return "".join(each for each in text if not unicodedata.combining(each))


def _iterate_sections(document: Document) -> Iterator[Sequence[Block]]:
    """Yield the blocks that every template keeps together."""
    parts = list_parts(document)
    for names in (
        ("banner",), ("headline", "subhead"), ("body", "end"), ("notes_heading", "notes"), ("boilerplate",),
        ("contacts_heading", "contacts"),
    ):  # fmt: skip
        yield [block for name in names for block in parts[name]]


def _make_problem(leaf: Leaf, name: str, locate: Locate) -> Problem:
    words = str(leaf)
    shown = words if len(words) <= SHORT else words[: SHORT - 1] + "…"
    place = locate(leaf.path, 0) if leaf.path else Place(name)
    message = f"“{shown}” is missing or different in {name}; the file was not written"
    return Problem(code="X03", message=message, place=place, path=leaf.path)
