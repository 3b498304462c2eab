"""Read the words of an HTML mail, and compare them with those of the text beside it."""

from __future__ import annotations

import re
from functools import lru_cache
from html.parser import HTMLParser
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

INLINE = frozenset({"a", "b", "em", "i", "span", "strong", "sup"})
"""Elements that part no word from the next."""
UNSHOWN = frozenset({"head", "script", "style", "template", "title"})
LINK = re.compile(r"\s+<(https?://[^<>\s]+)>")
"""How a text gives the address of a link, after the words that carry it."""
RULE = re.compile(r"_{72}")
BAR = "|"
"""What parts the cells of a table in a text that is too narrow for columns."""


@lru_cache(maxsize=4)
def word_differences(html: str, text: str) -> tuple[str, ...]:
    """Return where an HTML mail has other words or links than the text; empty where nowhere."""
    return tuple(_found(html, text))


def _found(html: str, text: str) -> Iterator[str]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    links = set(reader.links)
    told = set(LINK.findall(text))
    for one, other in zip_longest(_words("".join(reader.parts), links), _words(text, links)):
        if one != other:
            yield f"its HTML reads {one!r} where the text reads {other!r}"
            break
    for address, words in reader.links.items():
        if address not in told and not any(each in address and each in text for each in words):
            yield f"its HTML links to {address}, and the text does not"


def _words(text: str, links: Container[str]) -> Sequence[str]:
    """The words of a text, without what only a text needs: addresses behind `links`, rules, bars between cells."""
    bare = LINK.sub(lambda found: "" if found[1] in links else found[0], text)
    return [each for each in bare.split() if each != BAR and not RULE.fullmatch(each)]


class _Reader(HTMLParser):
    """Collects the words that a reader of the mail sees, and the web addresses behind them."""

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
        """What a mail program shows before the next entry of the list."""
        number = self._lists[-1] if self._lists else None
        if number is None:
            return "- "
        self._lists[-1] = number + 1
        return f"{number}. "
