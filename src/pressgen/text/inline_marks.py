"""Inline marks: emphasis, links, and words in another language.

Words in another language are written `[geiriau Cymraeg]{lang=cy}`. The form is that of bracketed spans in Pandoc and
djot; of their attributes `lang` is the only one that prose has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pressgen.model.links import is_linkable

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

NAMED = re.compile(r"links\.[a-z0-9_-]+")
"""A link that the release lists."""
NO_ADDRESS = "a link needs an address such as https://… (http, https, mailto or tel), not “{}”"
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?")
"""A language as BCP 47 (RFC 5646, 2.1) names it, with script and region."""
LANGUAGE_MARK = re.compile(r"\{lang=([^{}\s]*)\}")
"""The end of a passage in another language."""


def is_allowed_link(href: str) -> bool:
    """Return whether a release may contain a link.

    It may lead to an allowed address, or to a link that the release lists.
    """
    return NAMED.fullmatch(href) is not None or is_linkable(href)


@dataclass(slots=True)
class OpenMarks:
    """The inline marks that are open: emphasis, links and languages.

    Attributes:
        faults: (message, offset in the text) of what is wrong with them, to be added to.
        strong, emphasis: how many of each are open.
        href: where an open link leads to, else empty.
        languages: the languages of the open passages, the innermost last.
    """

    faults: list[tuple[str, int]]
    strong: int = 0
    emphasis: int = 0
    href: str = ""
    languages: list[str] = field(default_factory=list)

    def worn(self) -> dict[str, Any]:
        """Return the current formatting, by the fields of a text run."""
        language = self.languages[-1] if self.languages else ""
        return {"strong": self.strong > 0, "emphasis": self.emphasis > 0, "href": self.href, "language": language}

    def change(self, token: Token) -> None:
        """Open or close a mark, and note what is wrong with it."""
        match token.type:
            case "strong_open" | "strong_close":
                self.strong += token.nesting
            case "em_open" | "em_close":
                self.emphasis += token.nesting
            case "link_open":
                self.href = str(token.attrs["href"])
                if not is_allowed_link(self.href):
                    self.faults.append((NO_ADDRESS.format(self.href), token.meta["at"]))
            case "link_close":
                self.href = ""
            case "lang_open":
                self.languages.append(token.content)
                if not LANGUAGE.fullmatch(token.content):
                    message = (
                        f"“{token.content}” is not a language; write its tag, such as {{lang=cy}} or {{lang=zh-Hans}}"
                    )
                    self.faults.append((message, token.meta["at"]))
            case _:  # lang_close
                self.languages.pop()


def parse_language_span(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's own shape
    """Parse `[words]{lang=cy}`, as an inline rule of markdown-it.

    The words come between a token `lang_open`, which holds the language, and its close.
    """
    if state.src[state.pos] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    mark = LANGUAGE_MARK.match(state.src, end + 1) if end >= 0 else None
    if mark is None or mark.end() > state.posMax:
        return False
    if not silent:
        last = state.posMax
        token = state.push("lang_open", "", 1)
        token.content, token.meta = mark[1], {"at": mark.start()}
        state.pos, state.posMax = state.pos + 1, end
        state.md.inline.tokenize(state)
        state.push("lang_close", "", -1)
        state.posMax = last
    state.pos = mark.end()
    return True
