"""What a template knows of those who made it, and no release may tell: names, paths, old text.

A journalist who looks into a file finds what Word keeps there unasked: who edited it, from which disk its template
came, how its first page looked, what was said of it in the margin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.errors import Place
from pressgen.ooxml.faults import Fault, fault
from pressgen.ooxml.imprint import EXPORT
from pressgen.ooxml.names import W, remove, serialise
from pressgen.ooxml.package import NO_RELS, ROOT_RELS, Package, rels_of, target_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem

KEPT = ("officeDocument", "custom-properties")
"""What a file as a whole is related to: not to its thumbnail, its statistics, its author."""
TELLING = ("people", "attachedTemplate", "mailMergeSource", "mailMergeHeaderSource", "recipientData")
TELLING_SETTINGS = tuple(W + name for name in ("rsids", "docVars", "attachedTemplate", "mailMerge", "trackRevisions"))


def discreet(package: Package) -> Package:
    """The package without what tells of its authors."""
    parts = dict(package.parts)
    settings = package.related(package.body).get("settings", "")
    for name in ("", package.body, settings):
        rels = package.xml(rels_of(name) if name else ROOT_RELS, NO_RELS)
        for rel in list(rels):
            kind, target = (rel.get("Type") or "").rpartition("/")[2], target_of(rel, name)
            stale = kind == "customXml" and EXPORT.encode() in parts.get(target, b"")
            if kind in TELLING or stale or (not name and kind not in KEPT):
                for part in (target, rels_of(target), *(package.related(target).values() if stale else ())):
                    parts.pop(part, None)
                rels.remove(rel)
        if len(rels):
            parts[rels_of(name) if name else ROOT_RELS] = serialise(rels)
        else:
            parts.pop(rels_of(name), None)
    if settings in parts:
        root = package.xml(settings)
        for node in list(root.iter(*TELLING_SETTINGS)):
            remove(node)
        parts[settings] = serialise(root)
    return Package(parts, package.shown)


def remarks(package: Package) -> Iterator[Problem]:
    """The comments that nobody has deleted, also where nothing in the text points to them any more."""
    comments = package.related(package.body).get("comments", "")
    if comments in package.parts and next(package.xml(comments).iter(W + "comment"), None) is not None:
        message = "has comments; delete them all, then save"
        yield fault(Fault.UNSETTLED, message, Place(package.shown, inside="comments"))
