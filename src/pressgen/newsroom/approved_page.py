"""Read the facts in an approved page.

So the listings say only what was approved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from pressgen.newsroom.public_release import LanguageEdition

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HEAD = frozenset({"html", "head", "meta", "title", "style", "link", "base"})
"""The elements before a page's body."""
NAME = re.compile(r"(?P<suffix>(?:\.[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)?)\.(?P<ending>html|pdf|docx|txt)")
SHOWN = 500
"""The most characters of a summary in a listing: a release without one is summed up by its whole lead."""


@dataclass(slots=True)
class ParsedPage:
    """A release's page as parsed.

    Attributes:
        facts: the values of its `<meta>` elements, by name.
        logo: the address of the house's logo, which is within the page, and its words; None where it has none.
        head_at, body_at, main_at: where in the page something may be added to its head, at the beginning of its body,
            and before its headline.
    """

    language: str = "en"
    title: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    banner: list[str] = field(default_factory=list)
    logo: tuple[str, str] | None = None
    style: str = ""
    head_at: int = 0
    body_at: int = 0
    main_at: int = 0

    @property
    def summary(self) -> str:
        """The description without the banner's line.

        That line precedes it where the house prints a banner.
        """
        first = "".join(self.banner[:1])
        about = self.facts.get("description", "").removeprefix(f"{first} — " if first else "")
        return about if len(about) <= SHOWN else f"{about[:SHOWN].rsplit(' ', 1)[0]} …"


def read_page(page: str) -> ParsedPage:
    """Read the facts that a release's page states."""
    reader = _PageParser(page)
    reader.feed(page)
    reader.close()
    return reader.read


def read_editions(files: Mapping[str, bytes], slug: str) -> tuple[LanguageEdition, ...]:
    """Return the editions of a release from its public files.

    There is one for each page. The files are given by name (`slug.html`, `slug.cy.pdf`).
    """
    editions: dict[str, dict[str, bytes]] = {}
    for name, content in files.items():
        match = NAME.fullmatch(name.removeprefix(slug))
        if match and name.startswith(slug):
            editions.setdefault(match["suffix"], {})[match["ending"]] = content
    return tuple(_edition(suffix, editions[suffix]) for suffix in sorted(editions) if "html" in editions[suffix])


def _edition(suffix: str, files: Mapping[str, bytes]) -> LanguageEdition:
    read = read_page(files["html"].decode())
    return LanguageEdition(
        suffix=suffix,
        language=read.language,
        headline=read.title,
        summary=read.summary,
        publisher=read.facts.get("author", ""),
        files=files,
    )


class _PageParser(HTMLParser):
    """A parser that reads a page once, from beginning to end."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.read = ParsedPage()
        self._lines = [0, *(match.end() for match in re.finditer("\n", page))]
        self._within = ""

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        dress = said.get("class", "").split()
        if tag not in HEAD and not self.read.body_at:
            self.read.body_at = self.read.main_at = self._behind() if tag == "body" else self._here()
        if tag == "main":
            self.read.main_at = self._behind()
        if tag == "html":
            self.read.language = said.get("lang", "en")
        elif tag == "meta" and "name" in said:
            self.read.facts[said["name"]] = said.get("content", "")
        elif tag in {"title", "style"}:
            self._within = tag
        elif tag == "img" and "logo" in dress and self.read.logo is None:
            self.read.logo = said.get("src", ""), said.get("alt", "")
        elif tag == "p" and "banner-line" in dress:
            self._within = tag
            self.read.banner.append("")

    def handle_data(self, data: str) -> None:
        match self._within:
            case "title":
                self.read.title += data
            case "style":
                self.read.style += data
            case "p":
                self.read.banner[-1] += data
            case _:
                pass

    def handle_endtag(self, tag: str) -> None:
        if tag == self._within:
            self._within = ""
        if tag == "title" and not self.read.head_at:
            self.read.head_at = self._here() + len("</title>")

    def _behind(self) -> int:
        return self._here() + len(self.get_starttag_text() or "")

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
