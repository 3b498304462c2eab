"""Render the web page from the house's `release.html` and `release.css`.

It is one file that runs nothing, fetches nothing and says its language; the finished page is read to prove it.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from pressgen.errors import InputError, Place, Problem
from pressgen.model.artifact import Artifact, Format
from pressgen.model.links import is_linkable
from pressgen.render import page_template
from pressgen.render.page_filling import FileAddresses, fill_page
from pressgen.render.page_pictures import make_data_uri, make_picture_uri
from pressgen.render.page_style import build_style_element
from pressgen.render.review_style import add_draft_marks, format_review_page_style

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from pressgen.model.document import Document
    from pressgen.model.house import HouseFolder


def render(document: Document, folder: HouseFolder, media: Mapping[str, bytes]) -> Artifact:
    """Render a document as a web page.

    `media` holds the bytes of its pictures by their path.

    Raises:
        InputError: the house's template or stylesheet is at fault, or a file of `media` is not a picture.
    """
    at = FileAddresses(lambda file: make_picture_uri(media[file]), lambda file: make_data_uri(file, folder.files[file]))
    looks = build_style_element(folder) + format_review_page_style(document)
    page = add_draft_marks(fill_page(document, folder, media, at, looks), document)
    source = folder.files[page_template.FILE].decode("utf-8-sig")
    if problems := find_page_faults(page, source, f"{folder.shown}/{page_template.FILE}"):
        raise InputError(problems)
    return Artifact(f"{document.slug}.html", Format.HTML, page.encode())


def check_template(folder: HouseFolder, names: Collection[str]) -> list[Problem]:
    """Return the faults of a house's page template and stylesheet.

    No release is needed; `names` are the vocabulary.
    """
    from pressgen.render.pdf_style import load_pdf_style

    file, source = f"{folder.shown}/{page_template.FILE}", folder.files.get(page_template.FILE, b"")
    problems = page_template.find_template_faults(folder, names) or find_source_faults(source.decode("utf-8-sig"), file)
    try:
        problems += load_pdf_style(folder).problems
    except InputError as refusal:
        problems += refusal.problems
    return problems


REFUSED = frozenset({"script", "iframe", "object", "embed", "link", "base", "form", "frame", "audio", "video"})
DRAWN = frozenset({"use", "image", "feimage"})
PRINTED, STATED = re.compile(r"\{\{.*?\}\}", re.DOTALL), re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
"""What a template prints, and what is only for Jinja."""
FETCHED = frozenset({"src", "srcset", "data", "poster", "background", "action", "formaction", "xlink:href", "ping"})


def find_page_faults(page: str, source: str, file: str) -> list[Problem]:
    """Return what makes a page depend on anything outside it.

    `source` is the template that made it, and `file` its name.
    """
    reader = _ReferenceParser()
    reader.feed(page)
    reader.close()
    if not reader.language:
        reader.found.append(("<html", 'the page does not say its language; write <html lang="{{ language }}">'))
    return [Problem(code="P05", message=message, place=_locate(what, source, file)) for what, message in reader.found]


def find_source_faults(source: str, file: str) -> list[Problem]:
    """Return the page faults that a template's own text has.

    What the template prints is checked in each page.
    """
    return find_page_faults(STATED.sub("", PRINTED.sub("#", source)), source, file)


def _locate(what: str, source: str, file: str) -> Place:
    """Return where the template first writes `what`, else the file itself."""
    at = source.lower().find(what.lower())
    if at < 0:
        return Place(file)
    return Place.of(file, source, at)


class _ReferenceParser(HTMLParser):
    """A parser that collects what a page refers to outside itself."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self.language = False

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        if tag in REFUSED:
            self.found.append((f"<{tag}", f"<{tag}> has no place in a page that stands by itself; delete it"))
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if tag == "html" and name == "lang":
            self.language = bool(value.strip())
        elif name.startswith("on"):
            self.found.append((f"{name}=", f"{name} runs a script; delete it"))
        elif name == "href" and tag not in DRAWN and not (value.startswith("#") or is_linkable(value)):
            message = f"“{value}” is not an address that a page may link to (http, https, mailto, tel, or #… within it)"
            self.found.append((value or "href=", message))
        elif name == "http-equiv":
            self.found.append((name, "http-equiv belongs to the web server; delete it"))
        elif (name in FETCHED or (name == "href" and tag in DRAWN)) and not value.startswith(("data:", "#")):
            message = f"“{value}” is not inside the page; name pictures in release.css, or print {{{{ logo }}}}"
            self.found.append((value or f"{name}=", message))
        elif name == "style" and "url(" in value and "url('data:" not in value:
            self.found.append((value, "a style loads a file; name it in release.css"))
