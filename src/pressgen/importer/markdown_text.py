"""Read a Markdown file into paragraphs.

It is CommonMark with tables (spec.commonmark.org), made into a page and read as one. A line that was not wrapped stays
a line of its own, as press officers type them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from pressgen.importer.html_page import read_page
from pressgen.importer.manuscript import Manuscript, ParagraphKind, SourceParagraph, list_words
from pressgen.importer.metadata_block import MetadataBlock, read_metadata_block
from pressgen.importer.plain_text import find_wrapped_lines, read_plain_text
from pressgen.text.text_decoding import decode_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

ENDINGS = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".rmd", ".qmd")
SAMPLE = 100_000
SIGN = re.compile(
    r"""(?m)!?\[[^\[\]\n]{1,300}\]\((?:https?://|\.{0,2}/|mailto:)[^\s()]{1,500}(?:\s"[^"\n]{0,200}")?\)
        |^\s{0,3}\|?\s*:?-{3,}:?\s*\|\s*:?-{3,}[-:|\s]*$""",
    re.VERBOSE,
)
"""A link, a picture or the second line of a table: what no plain text has."""
FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,40})\]")
QUOTED = re.compile(r"(?m)^(?:[ \t]{0,3}>)+[ \t]?")
DEEPEST = 60
"""Blocks within each other; markdown-it drops deeper ones, and all that follows."""
MOST_BRACKETS = 5000
"""The time to look for links grows with the square of the brackets."""
NAMED = 500
"""The most characters of a picture's description and address in a message."""


class _NoMarkdownError(Exception):
    """A text with too many or too deep marks for Markdown."""


def is_markdown(data: bytes, shown: str) -> bool:
    """Return whether a text file is Markdown.

    Its name says so, or a metadata block, a link, a picture or a table in it.
    """
    if shown.lower().endswith(ENDINGS):
        return True
    text = decode_text(data[:SAMPLE])[0]
    block = read_metadata_block(text)
    return bool(SIGN.search(text)) or (block is not None and any(block.paragraphs()))


def read_markdown(data: bytes, shown: str) -> Manuscript:
    """Read a Markdown file into paragraphs.

    Raises:
        InputError: there is no text in it, or it is nested without end.
        ManuscriptTooLongError: it has far more in it than a release.
    """
    text, doubts = decode_text(data)
    block = read_metadata_block(text) or MetadataBlock((), 0)
    before, body = text.count("\n", 0, block.end), text[block.end :]
    try:
        page, missing, unused = _make_page(body)
    except _NoMarkdownError:
        return read_plain_text(data)
    read = read_page(page, (*doubts, *missing), shown) if list_words(body) else Manuscript((), doubts=doubts)
    paras = [replace(para, line=para.line + before) for para in read.paras]
    head = list(block.paragraphs())
    titles = {para.text for para in head if para.kind is ParagraphKind.HEADING}
    again = [para for para in paras if para.kind is ParagraphKind.HEADING and para.text in titles][:1]
    return replace(
        read,
        paras=(*head, *(para for para in paras if para not in again)),
        language=block.language,
        margins=(*block.rest(technical=False), *read.margins, *unused),
        menus=(*block.rest(technical=True), *again, *read.menus),
    )


def _make_page(text: str) -> tuple[str, list[str], list[SourceParagraph]]:
    """Return a page, its pictures as doubts, and links without words."""
    if text.count("[") > MOST_BRACKETS:
        raise _NoMarkdownError
    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable(["table", "strikethrough"]).disable("code")
    wrapped, state = find_wrapped_lines(QUOTED.sub("", text)), dict[str, dict[str, dict[str, str]]]()
    tokens = parser.parse(FOOTNOTE.sub(r"[\1]", text) if "[^" in text else text, state)
    if any(token.level >= DEEPEST - 1 for token in tokens):
        raise _NoMarkdownError
    for token in tokens:
        if token.map and token.nesting == 1:
            token.attrSet("data-line", str(token.map[0] + 1))
        if token.map and token.children:
            _break_lines(token.children, token.map[0] + 1, wrapped)
    pieces = [each for token in tokens for each in token.children or ()]
    doubts = [_leave_out(each) for each in pieces if each.type == "image" and not _is_within(each)]
    used = {str(each.attrGet("href") or each.attrGet("src")) for each in pieces if each.attrs}
    unused = [
        SourceParagraph(line=0, text=f"{label.lower()}: {each['href']} {each.get('title', '')}".strip())
        for label, each in state.get("references", {}).items()
        if each["href"] not in used
    ]
    titles = dict.fromkeys(str(each.attrGet("title") or "") for each in pieces if each.type == "link_open")
    unused += [SourceParagraph(line=0, text=title) for title in titles if title]
    return parser.renderer.render(tokens, parser.options, state), list(dict.fromkeys(doubts)), unused


def _is_within(picture: Token) -> bool:
    return str(picture.attrGet("src") or "").startswith("data:")


def _leave_out(picture: Token) -> str:
    """Take a picture out of its text; return a doubt about it."""
    named = f"{picture.content} ({picture.attrGet('src')}) {picture.attrGet('title') or ''}".strip()[:NAMED]
    picture.type, picture.content, picture.children = "text", "", None
    return f"the picture “{named}” is not in the file and was left out; put it into the release’s folder"


def _break_lines(pieces: Sequence[Token], line: int, wrapped: frozenset[int]) -> None:
    """Make a break between two lines hard unless the first was wrapped."""
    for piece in _iterate_breaks(pieces):
        line += 1
        if line not in wrapped:
            piece.type = "hardbreak"


def _iterate_breaks(pieces: Sequence[Token]) -> Iterator[Token]:
    return (each for each in pieces if each.type in ("softbreak", "hardbreak"))
