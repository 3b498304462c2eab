"""Parse prose as typed: emphasis, links, languages, `{{ … }}` and `[^note]`.

Each part has its place in the text. The marks are CommonMark's (sections 6.2 emphasis, 6.3 inline links, 2.4 backslash
escapes); headings, lists, code, entities, raw HTML and hard breaks are not marks here, so `R&D`, `<5%` and `` ` `` are
left unchanged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pressgen.text.inline_marks import NO_ADDRESS, OpenMarks, is_allowed_link, parse_language_span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

EXPRESSION = re.compile(r"""\{\{([^{}"']*(?:(?:"[^"]*"|'[^']*'|\{(?!\{)|\}(?!\}))[^{}"']*)*)\}\}""")
"""`{{ … }}`; there is no other `{{` outside its quotation marks, so that a search ends where the next one begins."""
CITATION = re.compile(r"\[\^([^\[\]\s]*)\]")
MENTION = re.compile(rf"\\.|{EXPRESSION.pattern}|{CITATION.pattern}|\[(?!\^)[^\[\]\\]*\]\(([^()\s]*)\)", re.DOTALL)
ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
MARKS = re.compile(r"[*_\[\\{]")
MEANT = re.compile(r"\[[^\[\]]*\]\(([\x00-\x20A-Za-z0-9+.-]*:[^()]*)")
"""Text that was meant as a link, also if blanks in its address prevent it."""
FAULTS = "faults"
DRESS = re.compile(r"[*_\\]|\[(?!\^)")
"""Marks that need a CommonMark parser; a text without them needs none, which saves its import."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRun:
    """Plain text with one formatting; `text` is `source[start:end]`, unchanged.

    Attributes:
        href: where it links to: an address, or `links.ID` for one that the release lists; empty for none.
        language: BCP 47, if it is another than that of the text; else empty.
    """

    text: str
    start: int
    end: int
    strong: bool = False
    emphasis: bool = False
    href: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """An expression `{{ code }}` in prose.

    `code_start` is where `code` begins in the text.
    """

    code: str
    start: int
    end: int
    code_start: int
    strong: bool = False
    emphasis: bool = False
    href: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A citation `[^note]`."""

    note: str
    start: int
    end: int


Part = TextRun | Expression | Citation


class ProseError(ValueError):
    """An error in the marks or expressions of prose.

    Attributes:
        faults: (message, offset in the text) for each of them.
    """

    def __init__(self, faults: Sequence[tuple[str, int]]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(message for message, _ in faults))


def parse_prose(text: str) -> list[Part]:
    """Return the parts of a text, in order.

    Raises:
        ProseError: an expression or a citation is not closed, a statement is used, a link has no address, a passage
            no language.
    """
    faults = list(_find_loose_braces(text))
    if DRESS.search(text) is None and not faults:
        return list(_parse_unformatted(text))
    parts = list(_convert_tokens(_get_parser().inline.parse(text, _get_parser(), {FAULTS: faults}, []), faults))
    if faults:
        raise ProseError(sorted(faults, key=lambda fault: fault[1]))
    return parts


def find_mentions(text: str) -> tuple[list[Part], list[tuple[str, int]]]:
    """Return a text's expressions, citations, links and faults.

    A fault is a (message, offset) of what cannot be read. This is quicker than `parse_prose`, and enough to find
    unknown names: emphasis and nested links are not checked.
    """
    faults, parts = list(_find_loose_braces(text)), list[Part]()
    for match in MENTION.finditer(text):
        start, end = match.span()
        if match[1] is not None:
            parts.append(Expression(code=match[1], start=start, end=end, code_start=start + 2))
        elif match[2] is not None:
            parts.append(Citation(note=match[2], start=start, end=end))
        elif match[3] is not None:
            parts.append(TextRun(text=match[0], start=start, end=end, href=match[3]))
            if not is_allowed_link(match[3]):
                faults.append((NO_ADDRESS.format(match[3]), start))
    return parts, faults


def escape_marks(text: str) -> str:
    """Return a text with a backslash before every possible mark.

    `parse_prose` then reads the text unchanged.
    """
    return MARKS.sub(r"\\\g<0>", text)


def _parse_unformatted(text: str) -> Iterator[Part]:
    at = 0
    for part in find_mentions(text)[0]:
        if part.start > at:
            yield TextRun(text=text[at : part.start], start=at, end=part.start)
        yield part
        at = part.end
    if at < len(text):
        yield TextRun(text=text[at:], start=at, end=len(text))


def _find_loose_braces(text: str) -> Iterator[tuple[str, int]]:
    """Yield braces that are never closed, or have no meaning in prose."""
    at = 0
    while (at := text.find("{", at)) >= 0:
        if not _is_escaped(text, at):
            if match := EXPRESSION.match(text, at):
                at = match.end()
                continue
            if text.startswith("{{", at):
                yield "“{{” is never closed by “}}”; for the characters themselves write \\{\\{", at
                at += 1
            elif text.startswith("{%", at):
                yield (
                    ("statements such as {% if %} are not allowed in prose; for the characters themselves write \\{%"),
                    at,
                )
        at += 1


def _is_escaped(text: str, at: int) -> bool:
    before = at
    while before and text[before - 1] == "\\":
        before -= 1
    return (at - before) % 2 == 1


def _convert_tokens(tokens: list[Token], faults: list[tuple[str, int]]) -> Iterator[Part]:
    dress = OpenMarks(faults)
    for token in tokens:
        match token.type:
            case "citation":
                yield Citation(note=token.content, start=token.meta["at"], end=token.meta["end"])
            case "expression":
                start, end = token.meta["at"], token.meta["end"]
                yield Expression(code=token.content, start=start, end=end, code_start=start + 2, **dress.worn())
            case "text":
                if token.content:  # marks that were used up leave empty tokens behind
                    start = token.meta["at"]
                    yield TextRun(text=token.content, start=start, end=start + len(token.content), **dress.worn())
            case _:
                dress.change(token)


@cache
def _get_parser() -> MarkdownIt:
    """Return CommonMark's inline parser, with rules that record token places."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("zero")
    reader.validateLink = _accept_any_link  # type: ignore[method-assign]  # `OpenMarks` checks the addresses
    inline = reader.inline
    inline.ruler.at("text", _text)
    inline.ruler.before("link", "expression", _expression)
    inline.ruler.before("link", "citation", _citation)
    inline.ruler.before("link", "backslash", _backslash)
    inline.ruler.before("link", "passage", parse_language_span)
    inline.ruler.at("emphasis", _emphasis)
    inline.ruler.at("link", _link)
    inline.ruler.push("character", _character)
    inline.ruler.enableOnly(["text", "expression", "citation", "backslash", "passage", "emphasis", "link", "character"])
    inline.ruler2.enableOnly(["balance_pairs", "emphasis"])
    return reader


def _accept_any_link(url: str) -> bool:  # noqa: ARG001 - markdown-it's own shape
    """Accept every link, so that a faulty one is reported."""
    return True


def _push_text(state: StateInline, silent: bool, start: int, end: int) -> bool:  # noqa: FBT001 - markdown-it's own shape
    if not silent:
        token = state.push("text", "", 0)
        token.content, token.meta = state.src[start:end], {"at": start}
    state.pos = end
    return True


def _text(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    match = MARKS.search(state.src, state.pos, state.posMax)
    closing = state.src.find("]", state.pos, state.posMax)
    end = min(match.start() if match else state.posMax, closing if closing >= 0 else state.posMax)
    return end > state.pos and _push_text(state, silent, state.pos, end)


def _character(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    return _push_text(state, silent, state.pos, state.pos + 1)


def _backslash(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    start = state.pos
    if state.src[start] != "\\" or start + 1 >= state.posMax or state.src[start + 1] not in ESCAPABLE:
        return False
    return _push_text(state, silent, start + 1, start + 2)


def _push_token(state: StateInline, silent: bool, kind: str, match: re.Match[str] | None) -> bool:  # noqa: FBT001
    if match is None or match.end() > state.posMax:
        return False
    if not silent:
        token = state.push(kind, "", 0)
        token.content, token.meta = match.group(1), {"at": match.start(), "end": match.end()}
    state.pos = match.end()
    return True


def _expression(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    return _push_token(state, silent, "expression", EXPRESSION.match(state.src, state.pos))


def _citation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    return _push_token(state, silent, "citation", CITATION.match(state.src, state.pos))


def _emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    from markdown_it.rules_inline import emphasis

    start, before = state.pos, len(state.tokens)
    if not emphasis.tokenize(state, silent):
        return False
    for at, token in enumerate(state.tokens[before:], start):
        token.meta = {"at": at}
    return True


def _link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    from markdown_it.rules_inline import link

    start, before = state.pos, len(state.tokens)
    if not link(state, silent):
        if not silent and (meant := MEANT.match(state.src, start)):
            state.env[FAULTS].append((NO_ADDRESS.format(" ".join(meant[1].split())), start))
        return False
    if not silent:
        state.tokens[before].meta = {"at": start}
    return True
