"""Copy the parts of a template that its text needs.

A part is copied if a copied part leads to it by a relationship of one of the kinds below. What Word keeps besides the
text (properties, custom XML, lists of editors, an old first page, settings of a printer) is left out. A thing that the
text shows and no release may carry (a chart with its figures, an object, a picture on a disk) is a fault: it would be
missing. Source: ECMA-376 part 1, 11.3, and part 2, 8.5.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.errors import InputError, Place
from pressgen.model.links import is_linkable
from pressgen.pictures.scrub import PictureScrubError, scrub_picture
from pressgen.word.faults import FaultCode, make_problem
from pressgen.word.fields import PARTS, check_fields
from pressgen.word.marks import find_unsettled_changes
from pressgen.word.names import REL, W, serialise_xml
from pressgen.word.package import (
    CONTENT_TYPES,
    NO_RELS,
    NOT_A_TEMPLATE,
    ROOT_RELS,
    Package,
    get_rels_name,
    resolve_target,
)
from pressgen.word.scrub import list_relationship_ids, scrub_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.word.names import Element

BODY = "officeDocument"
TEXTS = frozenset({BODY, "header", "footer", "footnotes", "endnotes"})
"""Kinds of parts that hold text."""
IMPLIED = frozenset({"styles", "numbering", "settings", "fontTable", "theme", "footnotes", "endnotes"})
"""Kinds that nothing in the text names: there is only the relationship."""
SHOWN = frozenset({"image", "hyperlink"})
KINDS = {
    "": frozenset({BODY}),
    BODY: IMPLIED | SHOWN | {"header", "footer"},
    **dict.fromkeys(TEXTS - {BODY}, SHOWN),
    "numbering": frozenset({"image"}),
    "theme": frozenset({"image"}),
    "fontTable": frozenset({"font"}),
}
"""The kinds of relationship that a part of each kind may have; the file as a whole is of the kind ''."""
OWN = ("docProps/core.xml", "docProps/app.xml")
"""The usual names of the properties that Word keeps of a file; a release has its own instead."""
INSTEAD = "put a picture of it there instead"


@dataclass(slots=True)
class CopiedTemplateParts:
    """The parts of a template that are copied into every file.

    Attributes:
        parts: by name, without what reveals their authors.
        problems: what the text shows and no release may carry.
    """

    package: Package
    parts: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def left_out(self) -> list[str]:
        """The names of the parts that are not copied.

        The two that each release has of its own are not among them.
        """
        known = self.parts.keys() | {CONTENT_TYPES, ROOT_RELS, *OWN}
        return sorted(name for name in self.package.parts if name not in known and not name.endswith(".rels"))

    def follow(self, name: str, kind: str) -> None:
        """Copy the part `name` and every part that it leads to."""
        place = self._place(name)
        root = self.package.xml(name) if name else None
        if root is not None:
            self.problems += scrub_part(root, kind, place)
            if kind in TEXTS:
                self.problems += check_fields(root, place)
            else:
                self.problems += _check_textless_part(root, place)
            self.parts[name] = serialise_xml(root)
        rels = self.package.xml(get_rels_name(name) if name else ROOT_RELS, NO_RELS)
        used = list_relationship_ids(root) if root is not None else set()
        for rel in list(rels):
            if not self._keeps(rel, name, kind, used):
                rels.remove(rel)
        if len(rels):
            self.parts[get_rels_name(name) if name else ROOT_RELS] = serialise_xml(rels)

    def _keeps(self, rel: Element, name: str, kind: str, used: set[str]) -> bool:
        """Return whether to keep a relationship, and copy its target if so."""
        type_ = rel.get("Type") or ""
        what = type_.removeprefix(f"{REL}/")
        known, seen = what in KINDS.get(kind, ()), rel.get("Id") in used
        if not seen and not (known and (what in IMPLIED or what == BODY)):
            return False
        target, external = resolve_target(rel, name), rel.get("TargetMode") == "External"
        if message := self._objection(rel, what, target, known=known, external=external):
            self.problems.append(make_problem(FaultCode.FOREIGN, message, self._place(name)))
            return False
        if target and target not in self.parts:
            self._carry(target, what)
        return True

    def _objection(self, rel: Element, what: str, target: str, *, known: bool, external: bool) -> str:
        """Return why a relationship cannot stay, or an empty string."""
        shown, where = what.rpartition("/")[2], rel.get("Target") or ""
        if not known:
            return f"this is not allowed in a release (“{shown}”); {INSTEAD}, or delete it"
        if what == "hyperlink":
            if external and is_linkable(where):
                return ""
            return f"a link leads to “{where}”; a release links to http, https, mailto and tel only, written in full"
        if external:
            return f"the {shown} is outside the file (“{where}”); insert it into the file, not as a link"
        if target not in self.package.parts:
            return f"the {shown} {where} is missing from the file; delete it or insert it again"
        if what in TEXTS and target not in self.package.titles:
            return f"the part {target} is not marked as a {shown}; save the file again in Word"
        return ""

    def _carry(self, target: str, what: str) -> None:
        if what == "image":
            self._carry_picture(target)
        elif what == "font":
            self.parts[target] = self.package.parts[target]
        else:
            self.follow(target, what)

    def _carry_picture(self, target: str) -> None:
        try:
            self.parts[target] = scrub_picture(self.package.parts[target])
        except PictureScrubError as error:
            message = f"the picture {error}; insert it again as PNG or SVG"
            self.problems.append(make_problem(FaultCode.PICTURE, message, self._place(target)))

    def _place(self, name: str) -> Place:
        titles = self.package.titles
        return Place(self.package.shown, inside=titles.get(name, name))


def collect_copied_parts(package: Package) -> CopiedTemplateParts:
    """Collect the template parts to copy, and what prevents it.

    Raises:
        InputError: one of its parts is broken, or nothing leads to its text.
    """
    found = CopiedTemplateParts(package)
    found.parts[CONTENT_TYPES] = package.parts[CONTENT_TYPES]
    found.follow("", "")
    if package.body not in found.parts:
        raise InputError([make_problem(FaultCode.NOT_WORD, NOT_A_TEMPLATE, Place(package.shown))])
    found.problems += _find_comments(package)
    return found


def _check_textless_part(root: Element, place: Place) -> Iterator[Problem]:
    """Check a part without text for what is of texts only."""
    yield from find_unsettled_changes(root, place)
    if next(root.iter(*PARTS), None) is not None:
        yield make_problem(FaultCode.FIELD, "a field is in a place without text; delete it", place)


def _find_comments(package: Package) -> Iterator[Problem]:
    """Yield a problem if the template still has comments.

    This includes comments that nothing in the text points to.
    """
    comments = package.related(package.body).get("comments", "")
    if comments in package.parts and next(package.xml(comments).iter(W + "comment"), None) is not None:
        message = "has comments; delete them all, then save"
        yield make_problem(FaultCode.UNSETTLED, message, Place(package.shown, inside="comments"))
