"""Read the web page of a mail into lines.

Quotes are <blockquote>; struck and inserted words are marked by tags or styles. Nothing is fetched.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree, html

from pressgen.review.mail_lines import INSERTED, PLAIN, QUOTED, STRUCK, MailLine

if TYPE_CHECKING:
    from pressgen.word.names import Element

UNSEEN = frozenset("script style template noscript head title svg object iframe select meta link base".split())
BLOCKS = frozenset(
    """address article blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr html
    li main ol p pre section table tbody td tfoot th thead tr ul""".split()
)
APART = frozenset("p h1 h2 h3 h4 h5 h6 ul ol table blockquote pre".split())
"""Blocks with a blank line above and below."""
STRUCK_TAGS, INSERTED_TAGS = frozenset(("s", "del", "strike")), frozenset(("ins",))
THROUGH = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
KEPT = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
BLANKS = re.compile(r"[ \t\r\n\f]+")
MOST_TAGS = 100_000
DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")


def read_html_lines(text: str, depth: int = 0) -> list[MailLine]:
    """Read a web page into lines, each with its depth of quotes.

    Args:
        text: the page.
        depth: of its outermost lines.

    Raises:
        ValueError: it has more tags than a mail, or cannot be read.
    """
    if text.count("<") > MOST_TAGS:
        message = f"has more than {MOST_TAGS:,} tags"
        raise ValueError(message)
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = html.document_fromstring(DECLARED.sub("", text).encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return []
    page = _LineReader(depth)
    page.read(root)
    return page.lines


class _LineReader:
    """A reader that turns a page into lines, without recursion."""

    def __init__(self, depth: int) -> None:
        self.lines: list[MailLine] = []
        self._depth = depth
        self._struck = self._inserted = self._kept = self._cells = 0
        self._text: list[str] = []
        self._styles: list[str] = []

    def read(self, root: Element) -> None:
        skipped: Element | None = None
        for event, node in etree.iterwalk(root, events=("start", "end")):
            if skipped is not None:
                if event == "end" and node is skipped:
                    skipped = None
                    self._say(node.tail)
            elif event == "start":
                if node.tag in UNSEEN or HIDDEN.search(node.get("style") or ""):
                    skipped = node
                else:
                    self._start(node)
            else:
                self._end(node)
        self._break()

    def _start(self, node: Element) -> None:
        tag = str(node.tag)
        if tag == "br":
            self._break(always=True)
        if tag in BLOCKS:
            self._break()
        if tag in APART:
            self._blank()
        self._count(node, 1)
        self._say(node.text)

    def _end(self, node: Element) -> None:
        if node.tag in BLOCKS:
            self._break()
        self._count(node, -1)
        if node.tag in APART:
            self._blank()
        self._say(node.tail)

    def _count(self, node: Element, step: int) -> None:
        tag, style = str(node.tag), node.get("style") or ""
        self._struck += step * (tag in STRUCK_TAGS or bool(THROUGH.search(style)))
        self._inserted += step * (tag in INSERTED_TAGS)
        self._kept += step * (tag == "pre" or bool(KEPT.search(style)))
        self._cells += step * (tag in {"td", "th"})
        self._depth += step * (tag == "blockquote")

    def _say(self, text: str | None) -> None:
        if not text:
            return
        style = STRUCK if self._struck > 0 else INSERTED if self._inserted > 0 else PLAIN
        for count, part in enumerate(text.split("\n") if self._kept > 0 else [BLANKS.sub(" ", text)]):
            if count:
                self._break(always=True)
            if self._kept <= 0 and (not self._text or self._text[-1][-1:] == " "):
                part = part.removeprefix(" ")  # noqa: PLW2901 - blanks collapse
            if part:
                self._text.append(part)
                self._styles.append(style * len(part))

    def _break(self, *, always: bool = False) -> None:
        text, styles = "".join(self._text), "".join(self._styles)
        mark = QUOTED.match(text)
        deeper, start = (mark[0].count(">"), mark.end()) if mark else (0, 0)  # programs also type the marks
        if text.strip() or always:
            self.lines.append(MailLine(text[start:], styles[start:], self._depth + deeper, cell=self._cells > 0))
        self._text, self._styles = [], []

    def _blank(self) -> None:
        if self.lines and not self.lines[-1].blank:
            self.lines.append(MailLine("", "", self._depth))
