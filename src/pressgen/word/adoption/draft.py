"""A letterhead that is being adopted, and what was changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.word.archive import ZipEntry, read_zip, write_zip
from pressgen.word.names import parse_xml, serialise_xml
from pressgen.word.package import CONTENT_TYPES, NO_RELS, Package, add_part, get_rels_name, resolve_target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressgen.word.names import Element

WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WITH_MACROS = (
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
    b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
LONGEST_QUOTE = 60


@dataclass(slots=True)
class AdoptionReport:
    """What was done to a letterhead, a sentence each.

    Attributes:
        removed: what is no longer there.
        added: what is new.
        doubts: what somebody should look at.
    """

    removed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def merge_repeats(self) -> None:
        """Say each sentence once, with how often it was true."""
        for lines in (self.removed, self.added, self.doubts):
            times = Counter(lines)
            lines[:] = [f"{line} ({count} times)" if count > 1 else line for line, count in times.items()]


@dataclass(slots=True)
class LetterheadDraft:
    """The parts of a letterhead, in a form that can be changed.

    Attributes:
        package: the file; `roots` and `rels` are newer.
        roots: the body, headers, footers and notes by name.
        rels: the relationships of each of them.
        report: what was changed so far.
    """

    package: Package
    roots: dict[str, Element]
    rels: dict[str, Element]
    report: AdoptionReport

    @classmethod
    def of(cls, package: Package, report: AdoptionReport) -> LetterheadDraft:
        """Begin to change a package.

        Raises:
            InputError: one of its parts is broken.
        """
        names = sorted(package.titles, key=lambda name: (name != package.body, name))
        rels = {name: package.xml(get_rels_name(name), NO_RELS) for name in names}
        return cls(package, {name: package.xml(name) for name in names}, rels, report)

    @property
    def body(self) -> Element:
        """The root of the main part."""
        return self.roots[self.package.body]

    def iterate_texts(self) -> Iterator[tuple[str, Element]]:
        """Yield Word's name and the root of each part with text."""
        for name, root in self.roots.items():
            yield self.package.titles[name], root

    def find_targets(self, name: str) -> dict[str, str]:
        """Return the parts that a part leads to, by relationship id."""
        return {rel.get("Id") or "": resolve_target(rel, name) for rel in self.rels[name]}

    def pack(self) -> Package:
        """Return the package with the changes."""
        parts = dict(self.package.parts)
        for name, root in self.roots.items():
            parts[name] = serialise_xml(root)
            if len(self.rels[name]) or get_rels_name(name) in parts:
                parts[get_rels_name(name)] = serialise_xml(self.rels[name])
        return Package(parts, self.package.shown)


def open_letterhead(data: bytes, shown: str) -> Package:
    """Unpack a Word file of any kind.

    It may be a document or a template, with macros or without.

    Raises:
        InputError: it is not one, or broken.
    """
    parts = read_zip(data, shown)
    types = parts.get(CONTENT_TYPES, b"")
    for kind in WITH_MACROS:
        types = types.replace(kind, WORD)
    parts[CONTENT_TYPES] = types
    return Package.of(pack_parts(parts), shown)


def pack_parts(parts: dict[str, bytes]) -> bytes:
    """Return a Word file with the given parts."""
    return write_zip({name: ZipEntry.of_part(name, part) for name, part in parts.items()})


def read_part(package: Package, kind: str, empty: str) -> tuple[Package, str, Element]:
    """Return a part that the body relates to, by its kind.

    It is made from `empty` where it is missing, so the package is returned too.

    Raises:
        InputError: the part is broken.
    """
    if package.related(package.body).get(kind, "") not in package.parts:
        package = add_part(package, kind, serialise_xml(parse_xml(empty.encode())))
    name = package.related(package.body)[kind]
    return package, name, package.xml(name)


def quote_text(text: str) -> str:
    """Return a text in quotation marks, shortened."""
    plain = " ".join(text.split())
    return f"“{plain if len(plain) <= LONGEST_QUOTE else plain[: LONGEST_QUOTE - 1] + '…'}”"


def join_quotes(texts: Iterable[str]) -> str:
    """Return texts in quotation marks, with commas between, none twice."""
    return ", ".join(dict.fromkeys(quote_text(text) for text in texts if text.strip()))
