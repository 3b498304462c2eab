"""Compare the words of an HTML mail with those of its text."""

from __future__ import annotations

import re
from functools import lru_cache
from html.parser import HTMLParser
from itertools import zip_longest
from typing import TYPE_CHECKING

from pressgen.channels.outcome import quote_text

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

INLINE = frozenset({"a", "b", "em", "i", "span", "strong", "sup"})
"""Elements that separate no word from the next."""
UNSHOWN = frozenset({"head", "script", "style", "template", "title"})
LINK = re.compile(r"\s+<(https?://[^<>\s]+)>")
"""The address of a link in a text, after the words that are linked."""
RULE = re.compile(r"_{72}")
BAR = "|"
"""The separator of table cells in a text that is too narrow for columns."""


@lru_cache(maxsize=4)
def find_word_differences(html: str, text: str) -> tuple[str, ...]:
    """List where the words or links of an HTML mail differ.

    They are compared with those of its text alternative.
    """
    return tuple(_find_differences(html, text))


def _find_differences(html: str, text: str) -> Iterator[str]:
    reader = _WordCollector()
    reader.feed(html)
    reader.close()
    links = set(reader.links)
    addresses = set(LINK.findall(text))
    for one, other in zip_longest(_list_words("".join(reader.parts), links), _list_words(text, links), fillvalue=""):
        if one != other:
            yield f"its HTML reads {quote_text(one)} where the text reads {quote_text(other)}"
            break
    for address, words in reader.links.items():
        if address not in addresses and not any(each in address and each in text for each in words):
            yield f"its HTML links to {address}, and the text does not"


def _list_words(text: str, links: Container[str]) -> Sequence[str]:
    """List the words of a text, without what only text needs.

    Left out are addresses behind `links`, rules, and bars between cells.
    """
    bare = LINK.sub(lambda found: "" if found[1] in links else found[0], text)
    return [each for each in bare.split() if each != BAR and not RULE.fullmatch(each)]


class _WordCollector(HTMLParser):
    """A collector of the words that readers of a mail see.

    It also collects the web addresses behind them.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.links: dict[str, list[str]] = {}
        self._lists: list[int | None] = []
        self._unshown = 0
        self._address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in UNSHOWN:
            self._unshown += 1
        elif tag == "a" and (given.get("href") or "").startswith("http"):
            self._address = given["href"] or ""
            self.links.setdefault(self._address, []).append("")
        elif tag in {"ol", "ul"}:
            self._lists.append(int(given.get("start") or 1) if tag == "ol" else None)
        if tag not in INLINE:
            self.parts.append(" ")
        if tag == "li":
            self.parts.append(self._mark())

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSHOWN:
            self._unshown -= 1
        elif tag == "a":
            self._address = ""
        elif tag in {"ol", "ul"} and self._lists:
            self._lists.pop()
        if tag not in INLINE:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if self._unshown:
            return
        self.parts.append(data)
        if self._address:
            self.links[self._address][-1] += data

    def _mark(self) -> str:
        """Return what mail programs show before the next list entry."""
        number = self._lists[-1] if self._lists else None
        if number is None:
            return "- "
        self._lists[-1] = number + 1
        return f"{number}. "
