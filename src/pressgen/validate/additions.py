"""Find words in a file that its new build does not have."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from pressgen.model.artifact import Format

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

XHTML = "{http://www.w3.org/1999/xhtml}"
UNPRINTED = frozenset({f"{XHTML}script", f"{XHTML}style", f"{XHTML}template"})
COMPARED = 2_000
"""How many words are compared from the first one that differs."""


def read_file_text(format_: Format, content: bytes) -> str:
    """Return the text of a file, without headers and footers."""
    match format_:
        case Format.DOCX:
            from pressgen.word.text import read_paragraphs

            return "\n".join(read_paragraphs(content))
        case Format.HTML:
            import tinyhtml5

            body = tinyhtml5.parse(content.decode(errors="replace")).find(f"{XHTML}body")
            return "\n".join(_read_visible_texts(body) if body is not None else ())
        case Format.PDF:
            from pressgen.pdf.text import read_body

            return "\n".join(read_body(content))
        case Format.TXT:
            return content.decode()


def _read_visible_texts(element: Element) -> Iterator[str]:
    """Yield the texts of an element that a browser shows."""
    if element.tag not in UNPRINTED and not callable(element.tag):  # a comment's tag is a function
        yield element.text or ""
        for child in element:
            yield from _read_visible_texts(child)
            yield child.tail or ""


def find_added_words(before: str, after: str) -> str:
    """Return the first run of words that only `after` has.

    The result is empty if `before` has all words.
    """
    old, new = before.split(), after.split()
    same = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), None)
    if same is None:
        return " ".join(new[len(old) :])
    old, new = old[same : same + COMPARED], new[same : same + COMPARED]
    for kind, _, _, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind in {"insert", "replace"}:
            return " ".join(new[start:end])
    return ""
