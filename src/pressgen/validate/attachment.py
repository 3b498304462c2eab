"""What a file that is sent along tells beside what it shows, whatever its kind; a kind that is unknown is told as such.

The files are others', and stay as they are: somebody takes out what should not leave, or says that it may.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.errors import Refused
from pressgen.validate import file
from pressgen.validate.pictures import untold
from pressgen.validate.trait import IN_PROGRAM, Trait
from pressgen.word.archive import read
from pressgen.word.names import NotXml, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pressgen.word.names import Element

ZIP, TYPES = b"PK\x03\x04", "[Content_Types].xml"
DEEPEST = 3
"""Archives within archives that are opened."""
TELLING = re.compile(r"X01|WD1[347]|V\d\d|W0\d|A3-6\.(?:5\.\d|8)")
"""The codes of `verify` that tell of what nobody should see, or that a file could not be read."""
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
UNKNOWN = Trait(
    "what it tells cannot be known",
    "look into it yourself (pressgen knows PDF, Office files, pictures, text and zip)",
)


def find_traits(data: bytes, publisher: str) -> list[Trait]:
    """Return what a file tells of people, machines and earlier versions; nothing where there is nothing.

    Args:
        data: the file; its kind is told from its content.
        publisher: the body that publishes, which may be named as its author.
    """
    return list(dict.fromkeys(_told(data, publisher, 0)))


def _told(data: bytes, publisher: str, depth: int) -> Iterator[Trait]:
    if data.startswith(b"%PDF-") or b"%PDF-" in data[: file.HEAD]:
        yield from _judged(data)
        yield from _author_of_pdf(data, publisher)
    elif data.startswith(ZIP):
        try:
            parts = read(data, "it")
        except Refused:
            yield UNKNOWN
            return
        yield from _office(data, parts, publisher) if TYPES in parts else _archive(parts, publisher, depth)
    elif (kept := untold(data)) is not None:
        yield from (Trait(f"keeps {each}", METADATA) for each in kept)
    elif not _is_text(data):
        yield UNKNOWN


def _judged(data: bytes) -> Iterator[Trait]:
    for each in file.problems(data, "it"):
        if TELLING.fullmatch(each.code):
            yield Trait.of_message(each.message, each.place.inside)


def _author_of_pdf(data: bytes, publisher: str) -> Iterator[Trait]:
    from pressgen.validate.pdf.messages import authors  # noqa: PLC0415 - slow to import

    for name in authors(data):
        if name != publisher:
            yield Trait(f"names “{name}” as its author", PUBLISHER)


def _archive(parts: Mapping[str, bytes], publisher: str, depth: int) -> Iterator[Trait]:
    for name, part in sorted(parts.items()):
        found = _told(part, publisher, depth + 1) if depth < DEEPEST else [UNKNOWN]
        yield from (each.within(name) for each in found)


def _office(data: bytes, parts: Mapping[str, bytes], publisher: str) -> Iterator[Trait]:
    """What Word, Excel and PowerPoint keep beside the pages, sheets and slides."""
    if any(name.startswith("word/") for name in parts):
        yield from _judged(data)
    elif not any(name.startswith(("xl/", "ppt/")) for name in parts):
        yield UNKNOWN
    for pattern, what in OFFICE.items():
        if any(pattern.fullmatch(name) for name in parts):
            yield Trait(f"keeps {what}", IN_PROGRAM)
    for name, part in sorted(parts.items()):
        if "/media/" in name and (kept := untold(part)):
            yield Trait(f"a picture keeps {' and '.join(kept)}", METADATA, name)
        elif name.endswith((".xml", ".rels")):
            yield from _hidden(name, part)
    yield from _people(parts, publisher)


def _people(parts: Mapping[str, bytes], publisher: str) -> Iterator[Trait]:
    """Whom the properties name, but for the body that publishes."""
    for name in ("docProps/core.xml", "docProps/app.xml"):
        for node in _xml(parts.get(name, b"<none/>")):
            said = (node.text or "").strip()
            if _local(node) in PEOPLE and said and said != publisher:
                yield Trait(f"names “{said}”", PUBLISHER, _local(node))
    for node in _xml(parts.get("docProps/custom.xml", b"<none/>")):
        if not (node.get("name") or "").startswith(OWN):
            said = "".join(map(str, node.itertext()))
            yield Trait(f"keeps the property {node.get('name')} (“{said}”)", "take it out")


def _hidden(name: str, part: bytes) -> Iterator[Trait]:
    """Sheets, rows, columns and slides that are not shown, and what is fetched from elsewhere."""
    if name == "xl/workbook.xml":
        for node in _xml(part).iter("{*}sheet"):
            if node.get("state", "visible") != "visible":
                yield Trait("has a hidden sheet", "show it or delete it", f"“{node.get('name')}”")
    elif name.startswith("xl/worksheets/") and b"hidden=" in part:
        if any(node.get("hidden") in {"1", "true"} for node in _xml(part).iter("{*}row", "{*}col")):
            yield Trait("has hidden rows or columns", "show them or delete them", name)
    elif name.startswith("ppt/slides/slide") and _xml(part).get("show") in {"0", "false"}:
        yield Trait("has a hidden slide", "show it or delete it", name)
    elif name.endswith(".rels") and not name.startswith("word/"):
        for rel in _xml(part):
            if rel.get("TargetMode") == "External" and not (rel.get("Type") or "").endswith("/hyperlink"):
                yield Trait(f"fetches {rel.get('Target')}", "put it into the file or take it out")


def _xml(part: bytes) -> Element:
    try:
        return parse(part)
    except NotXml:
        return parse(b"<none/>")


def _local(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _is_text(data: bytes) -> bool:
    """Whether everything in a file is to be seen: plain text, without control characters."""
    try:
        shown = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not re.search("[\x00-\x08\x0e-\x1f\x7f]", shown)
