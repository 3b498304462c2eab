"""Parse words in another language: `[geiriau Cymraeg]{lang=cy}`.

The form is that of bracketed spans in Pandoc and djot; of their attributes `lang` is the only one that prose has.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

MARK = re.compile(r"\{lang=([^{}\s]*)\}")


def parse_language_span(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's own shape
    """Parse `[words]{lang=cy}`, as an inline rule of markdown-it.

    The words come between a token `lang_open`, which holds the language, and its close.
    """
    if state.src[state.pos] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    mark = MARK.match(state.src, end + 1) if end >= 0 else None
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
