"""Check a web page as a browser reads it: links and scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree, html

from pressgen.errors import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
FOLLOWED = frozenset(("http", "https", "mailto", "tel"))
IGNORED = re.compile(r"^[\x00-\x20]+|[\t\n\r]")
"""Characters that a browser drops before it reads the scheme of an address (WHATWG URL, 4.4)."""
LEADING = frozenset(("href", "action", "formaction", "xlink:href", "ping"))


def validate_page(data: bytes, shown: str) -> list[Problem]:
    """List the unsafe links and scripts of a web page.

    Damaged pages are reported as problems; nothing is raised.
    """
    try:
        root = html.document_fromstring(data.decode(errors="replace"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        return [Problem(code="V02", message=f"is damaged ({error}); build it again", place=Place(shown))]
    return [
        Problem(code="X10", message=message, place=Place(shown, inside=inside))
        for message, inside in _find_problems(root)
    ]


def _find_problems(root: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for node in root.iter(etree.Element):
        words = " ".join("".join(map(str, node.itertext())).split())[:60]
        for name, value in node.attrib.items():
            address = IGNORED.sub("", str(value))
            if str(name).lower().startswith("on"):
                yield f"{name} runs a script; delete it", words
            elif name in LEADING and not _is_safe_link(address):
                yield f"a link leads to “{value}”; a reader can follow http, https, mailto and tel", words


def _is_safe_link(address: str) -> bool:
    scheme = SCHEME.match(address)
    if scheme is None:
        return not address.replace("\\", "/").startswith("//")
    return scheme[1].lower() in FOLLOWED
