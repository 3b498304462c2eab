"""Find what a Word file reveals, carries along or fetches.

A journalist who looks into a file finds it all: who edited it, what was deleted, from which disk its template came.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.word.names import VAL, W
from pressgen.word.package import CONTENT_TYPES, NO_RELS, ROOT_RELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.validate.word.wordfile import WordFile
    from pressgen.word.names import Element

CHANGES = tuple(W + name for name in (
    "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange",
    "tblPrExChange", "tblGridChange", "sectPrChange", "numberingChange", "cellIns", "cellDel", "cellMerge",
))  # fmt: skip
OFF = {"0", "false", "off"}
PROGRAMS = {"vbaProject", "wordVbaData", "oleObject", "package", "control", "attachedToolbars", "keyMapCustomizations"}
MACROS = b"macroEnabled"
TELLING_SETTINGS = {
    "rsids": "keeps the marks of editing sessions (rsids), which show which files belong together",
    "docVars": "keeps variables of a macro or a document system",
    "mailMerge": "keeps the address of the data that it was merged from",
    "trackRevisions": "still records changes",
}
REVIEWED = re.compile("urn:pressgen:[^:]*:review:")
"""The beginning of the names of pressgen's review copies."""
ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)\S+", re.IGNORECASE)
LOADED = {"image": "a picture", "attachedTemplate": "a template", "oleObject": "an object", "frame": "a frame"}
"""What relationships of these kinds bring into the file."""
WITHIN = {"hyperlink"}
"""Kinds of relationship that may lead out of the file: only the reader decides to follow them."""
ACCOUNT = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*|.*[\\/@].*", re.ASCII)
"""The name of an account (`j.smith`), an address or a path: not that of a body."""


def check_changes(file: WordFile) -> Iterator[Problem]:
    """Check for tracked changes."""
    for sheet in file.sheets:
        for node in sheet.root.iter(*CHANGES):
            author = f" by {node.get(W + 'author')}" if node.get(W + "author") else ""
            yield file.fault("X01", f"a tracked change{author}; accept or reject it", sheet.inside(node))
    for kind in ("styles", "numbering"):
        if next(file.part(kind).iter(*CHANGES), None) is not None:
            yield file.fault("X01", "a tracked change of a style or list; accept or reject it", kind)


def check_comments(file: WordFile) -> Iterator[Problem]:
    """Check for comments."""
    for node in file.part("comments").iter(W + "comment"):
        yield file.fault("X01", f"a comment by {node.get(W + 'author') or 'nobody'}; delete it", "comments")
    for sheet in file.sheets:
        for node in sheet.root.iter(W + "commentReference"):
            yield file.fault("X01", "a mark of a comment; delete the comment", sheet.inside(node))


def check_hidden_text(file: WordFile) -> Iterator[Problem]:
    """Check for text that is hidden directly or by its style."""
    by_style = {ident for ident in file.styles if any(_is_hidden(style) for style in file.lineage(ident))}
    for sheet in file.sheets:
        for run in sheet.root.iter(W + "r"):
            style = run.find(f"{W}rPr/{W}rStyle")
            if _is_hidden(run) or (style is not None and style.get(VAL) in by_style):
                yield file.fault("X01", "hidden text; show it or delete it", sheet.inside(run))
        for style in sheet.root.iter(W + "pStyle"):
            if style.get(VAL) in by_style:
                yield file.fault("X01", "hidden text; show it or delete it", sheet.inside(style))


def check_editing_traces(file: WordFile) -> Iterator[Problem]:
    """Check for lists of editors, session marks and thumbnails."""
    kinds = {(rel.get("Type") or "").rpartition("/")[2] for rel in file.package.xml(ROOT_RELS, NO_RELS)}
    if "people" in file.near:
        yield file.fault("X01", "keeps a list of those who edited it; inspect the document in Word", "people")
    if "thumbnail" in kinds:
        yield file.fault("X01", "keeps a picture of its first page, perhaps an old one", "thumbnail")
    # A review copy is there to be changed, and every change is to be seen.
    reviewed = REVIEWED.match(_read_properties(file, "core-properties").get("identifier", ""))
    for name, message in TELLING_SETTINGS.items():
        if name == "trackRevisions" and reviewed:
            continue
        node = file.part("settings").find(W + name)
        if node is not None and node.get(VAL) not in OFF:
            yield file.fault("X01", message, "settings")


def check_authors(file: WordFile) -> Iterator[Problem]:
    """Check that the properties name the publisher, not a person.

    If the file names a body (Company), any other name is reported as a person's. If no body is named, only what is
    plainly an account, an address or a path is reported.
    """
    core, more = _read_properties(file, "core-properties"), _read_properties(file, "extended-properties")
    body = more.get("Company", "")
    for key, what in (("creator", "author"), ("lastModifiedBy", "last editor")):
        name = core.get(key, "")
        if name and name != body and (body or ACCOUNT.fullmatch(name)):
            yield file.fault("X01", f"names “{name}” as {what}; put the publishing body there", "properties")
    if more.get("Manager"):
        yield file.fault("X01", f"names “{more['Manager']}” as manager; delete it", "properties")
    if re.search(r"[\\/]", more.get("Template", "")):
        yield file.fault("X01", f"reveals where its template is stored ({more['Template']})", "properties")


def check_programs(file: WordFile) -> Iterator[Problem]:
    """Check for macros and embedded files of other programs."""
    if MACROS in file.package.parts.get(CONTENT_TYPES, b""):
        yield file.fault("WD13", "may hold macros; save it as “Word Document (.docx)”", "content types")
    for name, rel in _iterate_relationships(file):
        if (kind := (rel.get("Type") or "").rpartition("/")[2]) in PROGRAMS:
            yield file.fault("WD13", f"contains a program or a file of one ({kind}); delete it", name)


def check_external_content(file: WordFile) -> Iterator[Problem]:
    """Check for external content and unsafe links."""
    for name, rel in _iterate_relationships(file):
        kind, where = (rel.get("Type") or "").rpartition("/")[2], rel.get("Target") or ""
        if rel.get("TargetMode") != "External":
            continue
        if kind not in WITHIN:
            yield file.fault(
                "WD14", f"loads {LOADED.get(kind, 'a file')} from {where}; put it into the file or delete it", name
            )
        elif not ADDRESS.match(where):
            message = f"a link leads to {where}; a reader can follow http, https, mailto and tel"
            yield file.fault("WD14", message, name)


def _iterate_relationships(file: WordFile) -> Iterator[tuple[str, Element]]:
    """Yield the relationships of every part, used or not."""
    for part in sorted(file.package.parts):
        if part.endswith(".rels"):
            folder, _, leaf = part.rpartition("/")
            name = f"{folder.removesuffix('_rels')}{leaf.removesuffix('.rels')}"
            for rel in file.package.xml(part, NO_RELS):
                yield name, rel


def _read_properties(file: WordFile, kind: str) -> dict[str, str]:
    root = file.package.xml(file.package.related("").get(kind, ""), b"<none/>")
    return {str(node.tag).rpartition("}")[2]: str(node.text or "").strip() for node in root}


def _is_hidden(node: Element) -> bool:
    found = node.find(f"{W}rPr/{W}vanish")
    return found is not None and found.get(VAL) not in OFF


CHECKS = (
    check_changes,
    check_comments,
    check_hidden_text,
    check_editing_traces,
    check_authors,
    check_programs,
    check_external_content,
)
