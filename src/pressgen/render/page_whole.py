"""Whether a finished page stands by itself: it runs nothing, fetches nothing, and says its language."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from pressgen.errors import Place, Problem
from pressgen.model.links import may_be_linked

if TYPE_CHECKING:
    from collections.abc import Iterable

REFUSED = frozenset({"script", "iframe", "object", "embed", "link", "base", "form", "frame", "audio", "video"})
DRAWN = frozenset({"use", "image", "feimage"})
PRINTED, STATED = re.compile(r"\{\{.*?\}\}", re.DOTALL), re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
"""What a template prints, and what it only says to Jinja."""
FETCHED = frozenset({"src", "srcset", "data", "poster", "background", "action", "formaction", "xlink:href", "ping"})


def faults(page: str, source: str, file: str) -> list[Problem]:
    """What in `page` reaches outside it; `source` is the template that made it, `file` its name."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    if not reader.language:
        reader.found.append(("<html", 'the page does not say its language; write <html lang="{{ language }}">'))
    return [Problem(code="P05", message=message, place=_place(what, source, file)) for what, message in reader.found]


def find_typed_faults(source: str, file: str) -> list[Problem]:
    """What the template `source` itself has that reaches outside a page; what it prints is judged in each page."""
    return faults(STATED.sub("", PRINTED.sub("#", source)), source, file)


def _place(what: str, source: str, file: str) -> Place:
    """Where the template first writes `what`, the file itself if it comes about in another way."""
    at = source.lower().find(what.lower())
    if at < 0:
        return Place(file)
    return Place.of(file, source, at)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self.language = False

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        if tag in REFUSED:
            self.found.append((f"<{tag}", f"<{tag}> has no place in a page that stands by itself; take it out"))
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if tag == "html" and name == "lang":
            self.language = bool(value.strip())
        elif name.startswith("on"):
            self.found.append((f"{name}=", f"{name} runs a script; take it out"))
        elif name == "href" and tag not in DRAWN and not (value.startswith("#") or may_be_linked(value)):
            message = f"“{value}” is no address that a page may link to (http, https, mailto, tel, or #… within it)"
            self.found.append((value or "href=", message))
        elif name == "http-equiv":
            self.found.append((name, "http-equiv is the web server's to say; take it out"))
        elif (name in FETCHED or (name == "href" and tag in DRAWN)) and not value.startswith(("data:", "#")):
            message = f"“{value}” is not inside the page; name pictures in release.css, or print {{{{ logo }}}}"
            self.found.append((value or f"{name}=", message))
        elif name == "style" and "url(" in value and "url('data:" not in value:
            self.found.append((value, "a style fetches a file; name it in release.css"))
