"""Find what an attachment reveals besides its visible content.

Any kind of file is examined; a file of an unknown kind is reported as such. The files belong to others and are never
changed: somebody takes out what should not leave, or says that it may.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.errors import InputError
from pressgen.validate import file
from pressgen.validate.disclosures import IN_PROGRAM, Disclosure
from pressgen.validate.pictures import find_picture_metadata
from pressgen.word.archive import read_zip
from pressgen.word.names import NotXmlError, parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pressgen.word.names import Element

ZIP, TYPES = b"PK\x03\x04", "[Content_Types].xml"
DEEPEST = 3
"""How many archives within archives are opened."""
TELLING = re.compile(r"X01|WD1[347]|V\d\d|W0\d|A3-6\.(?:5\.\d|8)")
"""The codes of `verify` for things that nobody should see, and for files that could not be read."""
OFFICE = {
    re.compile(r"(?:xl|ppt|word)/(?:threadedC|c)omments?.*\.xml|ppt/comments/.*"): "comments",
    re.compile(r"(?:xl|word)/(?:persons?|people).*|ppt/(?:commentA|a)uthors.*"): "a list of those who edited it",
    re.compile(r"ppt/notesSlides/notesSlide\d+\.xml"): "notes of the speaker",
    re.compile(r".*vbaProject\.bin"): "macros",
    re.compile(r"xl/(?:externalLinks|connections|queryTables).*"): "links to other files or databases",
    re.compile(r"(?:xl|ppt)/embeddings/.*"): "a file of another program",
    re.compile(r"docProps/thumbnail\..*"): "a picture of its first page, perhaps an old one",
    re.compile(r"xl/revisions/.*"): "a record of changes",
}
OWN = "pressgen"
PEOPLE = ("creator", "lastModifiedBy", "Manager")
PUBLISHER = "put the publishing body there"
METADATA = "save it without its metadata"
UNKNOWN = Disclosure(
    "its contents cannot be checked",
    "look into it yourself (pressgen knows PDF, Office files, pictures, text and zip)",
)


def find_disclosures(data: bytes, publisher: str) -> list[Disclosure]:
    """List what a file discloses about people, machines and earlier versions.

    Args:
        data: the file; its content decides its kind.
        publisher: the body that publishes, which may be named as its author.
    """
    return list(dict.fromkeys(_find_all(data, publisher, 0)))


def list_named_people(data: bytes) -> list[str]:
    """List the authors and editors that a PDF or Office file names."""
    from pressgen.validate.pdf.messages import list_authors

    if not data.startswith(ZIP):
        return list_authors(data)
    try:
        people = _list_people(read_zip(data, "it").get("docProps/core.xml", b"<none/>"))
    except InputError:
        return []
    return list(dict.fromkeys(name for _, name in people))


def _find_all(data: bytes, publisher: str, depth: int) -> Iterator[Disclosure]:
    if data.startswith(b"%PDF-") or b"%PDF-" in data[: file.HEAD]:
        yield from _find_validation_problems(data)
        yield from _find_pdf_authors(data, publisher)
    elif data.startswith(ZIP):
        try:
            parts = read_zip(data, "it")
        except InputError:
            yield UNKNOWN
            return
        yield from (
            _find_in_office_file(data, parts, publisher)
            if TYPES in parts
            else _find_in_archive(parts, publisher, depth)
        )
    elif (kept := find_picture_metadata(data)) is not None:
        yield from (Disclosure(f"keeps {each}", METADATA) for each in kept)
    elif not _is_text(data):
        yield UNKNOWN


def _find_validation_problems(data: bytes) -> Iterator[Disclosure]:
    for each in file.validate_file(data, "it"):
        if TELLING.fullmatch(each.code):
            yield Disclosure.of_message(each.message, each.place.inside)


def _find_pdf_authors(data: bytes, publisher: str) -> Iterator[Disclosure]:
    from pressgen.validate.pdf.messages import list_authors

    for name in list_authors(data):
        if name != publisher:
            yield Disclosure(f"names “{name}” as its author", PUBLISHER)


def _find_in_archive(parts: Mapping[str, bytes], publisher: str, depth: int) -> Iterator[Disclosure]:
    for name, part in sorted(parts.items()):
        found = _find_all(part, publisher, depth + 1) if depth < DEEPEST else [UNKNOWN]
        yield from (each.within(name) for each in found)


def _find_in_office_file(data: bytes, parts: Mapping[str, bytes], publisher: str) -> Iterator[Disclosure]:
    """Yield what an Office file keeps besides its pages, sheets and slides."""
    if any(name.startswith("word/") for name in parts):
        yield from _find_validation_problems(data)
    elif not any(name.startswith(("xl/", "ppt/")) for name in parts):
        yield UNKNOWN
    for pattern, what in OFFICE.items():
        if any(pattern.fullmatch(name) for name in parts):
            yield Disclosure(f"keeps {what}", IN_PROGRAM)
    for name, part in sorted(parts.items()):
        if "/media/" in name and (kept := find_picture_metadata(part)):
            yield Disclosure(f"a picture keeps {' and '.join(kept)}", METADATA, name)
        elif name.endswith((".xml", ".rels")):
            yield from _find_hidden_parts(name, part)
    yield from _find_people(parts, publisher)


def _find_people(parts: Mapping[str, bytes], publisher: str) -> Iterator[Disclosure]:
    """Yield the people that the properties name, except the publisher."""
    for name in ("docProps/core.xml", "docProps/app.xml"):
        for kind, person in _list_people(parts.get(name, b"<none/>")):
            if person != publisher:
                yield Disclosure(f"names “{person}”", PUBLISHER, kind)
    for node in _parse_part(parts.get("docProps/custom.xml", b"<none/>")):
        if not (node.get("name") or "").startswith(OWN):
            value = "".join(map(str, node.itertext()))
            yield Disclosure(f"keeps the property {node.get('name')} (“{value}”)", "delete it")


def _list_people(part: bytes) -> list[tuple[str, str]]:
    """List the people whom a properties part names, each with the property."""
    found = [(_get_local_name(node), (node.text or "").strip()) for node in _parse_part(part)]
    return [(kind, name) for kind, name in found if kind in PEOPLE and name]


def _find_hidden_parts(name: str, part: bytes) -> Iterator[Disclosure]:
    """Yield hidden sheets, rows, columns and slides, and external files."""
    if name == "xl/workbook.xml":
        for node in _parse_part(part).iter("{*}sheet"):
            if node.get("state", "visible") != "visible":
                yield Disclosure("has a hidden sheet", "show it or delete it", f"“{node.get('name')}”")
    elif name.startswith("xl/worksheets/") and b"hidden=" in part:
        if any(node.get("hidden") in {"1", "true"} for node in _parse_part(part).iter("{*}row", "{*}col")):
            yield Disclosure("has hidden rows or columns", "show them or delete them", name)
    elif name.startswith("ppt/slides/slide") and _parse_part(part).get("show") in {"0", "false"}:
        yield Disclosure("has a hidden slide", "show it or delete it", name)
    elif name.endswith(".rels") and not name.startswith("word/"):
        for rel in _parse_part(part):
            if rel.get("TargetMode") == "External" and not (rel.get("Type") or "").endswith("/hyperlink"):
                yield Disclosure(f"fetches {rel.get('Target')}", "put it into the file or delete it")


def _parse_part(part: bytes) -> Element:
    try:
        return parse_xml(part)
    except NotXmlError:
        return parse_xml(b"<none/>")


def _get_local_name(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _is_text(data: bytes) -> bool:
    """Return whether a file is plain text without control characters."""
    try:
        shown = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not re.search("[\x00-\x08\x0e-\x1f\x7f]", shown)
