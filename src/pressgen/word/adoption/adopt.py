"""Adopt a letterhead: make a house's Word template of it.

The file that was given is never changed. All parts that no release needs are left out: macros, properties with names of
people and sensitivity labels, the path of an attached template, earlier versions of a picture.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.errors import InputError, Place
from pressgen.word.adoption.body_text import add_missing_tags, describe_removed_lines, place_tags, read_text
from pressgen.word.adoption.draft import AdoptionReport, LetterheadDraft, open_letterhead, pack_parts
from pressgen.word.adoption.drawing_layout import settle_drawings
from pressgen.word.adoption.field_removal import remove_changing_fields
from pressgen.word.adoption.foreign_content import remove_foreign_content
from pressgen.word.adoption.missing_styles import add_missing_styles, drop_undefined_styles
from pressgen.word.adoption.pictures import (
    convert_pictures,
    describe_pictures,
    find_logo,
    find_page_backgrounds,
    list_undescribed_pictures,
)
from pressgen.word.adoption.tag_blocks import BANNER_STYLE, has_banner, list_tag_blocks, list_tag_styles, make_banner
from pressgen.word.adoption.tracked_changes import accept_all_changes, delete_comments
from pressgen.word.faults import FaultCode, make_problem
from pressgen.word.names import REL, W, remove_node
from pressgen.word.package import Package
from pressgen.word.styles import RequiredStyle, TemplateStyles
from pressgen.word.template_parts import OWN, collect_copied_parts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pressgen.word.adoption.pictures import LetterheadLogo, LetterheadPicture
    from pressgen.word.adoption.tag_blocks import TagBlock

LABELS = {
    "vbaProject": "macros",
    "customXml": "data of a document system",
    "glossary": "building blocks",
    "attachedToolbars": "toolbars",
    "custom.xml": "custom properties, such as a sensitivity label",
    "people": "the list of those who edited it",
    "comments": "comments",
    "printerSettings": "settings of a printer",
    "thumbnail": "a picture of its first page",
}
"""What parts that are left out hold, by a piece of their names."""


@dataclass(frozen=True, slots=True)
class AdoptionChoices:
    """What a person decided about a letterhead.

    Attributes:
        keep: words of lines of the body that belong to the letterhead.
        descriptions: for pictures, by key; empty for decoration, `-` to remove the picture.
    """

    keep: Sequence[str] = ()
    descriptions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AdoptedLetterhead:
    """A Word template made of a letterhead.

    Attributes:
        data: the .docx.
        report: what was changed.
        lines: the lines of the sample letter, which are not in it.
        undescribed: the pictures that still need a description.
        logo: the picture that may serve as the logo of page and PDF, with its description; None if there is none.
    """

    data: bytes
    report: AdoptionReport
    lines: tuple[str, ...]
    undescribed: tuple[LetterheadPicture, ...]
    logo: LetterheadLogo | None


def adopt_letterhead(
    data: bytes, shown: str, base: bytes, required: Sequence[RequiredStyle], choices: AdoptionChoices
) -> AdoptedLetterhead:
    """Make a Word template of a letterhead.

    Args:
        data: a Word document or template of any kind.
        shown: what messages call it.
        base: the Word template of the house that gives tags and missing styles.
        required: the styles that a release needs.
        choices: what a person decided.

    Raises:
        InputError: it is no Word file, or a broken one, or the house's own template has its tags in tables.
    """
    report = AdoptionReport()
    package, model = open_letterhead(data, shown), Package.of(base, "release.docx")
    if not any("body" in block.names for block in list_tag_blocks(model, {})):
        message = (
            "the Word template of the house to begin with has no {{ body }} in a paragraph; name another with --from"
        )
        raise InputError([make_problem(FaultCode.MISPLACED, message, Place(shown))])
    draft, ids = _add_styles(_clean(package, report), model, required, report)
    lines = _put_tags(draft, list_tag_blocks(model, ids), choices.keep)
    settle_drawings(draft)
    describe_pictures(draft, choices.descriptions)
    report.doubts += find_page_backgrounds(draft)
    undescribed, logo = tuple(list_undescribed_pictures(draft)), find_logo(draft)
    package = _add_banners(draft.pack(), report)
    return AdoptedLetterhead(_finish(package, report), report, lines, undescribed, logo)


def _add_styles(
    package: Package, model: Package, required: Sequence[RequiredStyle], report: AdoptionReport
) -> tuple[LetterheadDraft, dict[str, str]]:
    """Add the styles that releases and tags need.

    Return also their ids by those of the house `model`.
    """
    styles = _read_styles(model)
    names = {ident: name for (kind, name), ident in styles.ids.items() if kind == "paragraph"}
    used = [*(names[each] for each in list_tag_styles(model) if each in names), BANNER_STYLE]
    needed = [*required, *(RequiredStyle(name) for name in used if styles.find("paragraph", name))]
    package, ids = add_missing_styles(package, model, list(dict.fromkeys(needed)), report)
    draft = LetterheadDraft.of(package, report)
    drop_undefined_styles(draft)
    return draft, ids


def _put_tags(draft: LetterheadDraft, blocks: Sequence[TagBlock], keep: Sequence[str]) -> tuple[str, ...]:
    """Put the tags into the body.

    Return the lines of a sample letter that they replace.
    """
    body, report = draft.body.find(W + "body"), draft.report
    if body is None:
        message = "has no text; save it again in Word"
        raise InputError([make_problem(FaultCode.BROKEN, message, Place(draft.package.shown))])
    if any(block.is_in(read_text(body)) for block in blocks):
        added = add_missing_tags(body, blocks, report)
        report.added += [f"the tags {', '.join(added)}"] if added else []
        return ()
    lines = place_tags(body, blocks, keep, report)
    report.added.append("the tags for headline, text, notes and contacts")
    if lines:
        report.removed.append(describe_removed_lines(lines))
    return tuple(lines)


def _read_styles(package: Package) -> TemplateStyles:
    name = package.related(package.body).get("styles", "")
    return TemplateStyles.of(package.xml(name)) if name in package.parts else TemplateStyles()


def _clean(package: Package, report: AdoptionReport) -> Package:
    """Remove what no release may carry."""
    package, said = convert_pictures(package)
    report.added += said
    hiding = _read_styles(package).hiding
    draft = LetterheadDraft.of(package, report)
    changes = sum(accept_all_changes(root) for root in draft.roots.values())
    comments = sum(delete_comments(root) for root in draft.roots.values())
    if changes:
        report.removed.append(f"tracked changes ({changes}): all are accepted")
    if comments:
        report.removed.append(f"comments ({comments})")
    for rel in [each for each in draft.rels[package.body] if each.get("Type") == f"{REL}/comments"]:
        remove_node(rel)
    for where, root in draft.iterate_texts():
        report.removed += remove_changing_fields(root, where, body=root is draft.body)
    remove_foreign_content(draft, hiding)
    return draft.pack()


def _add_banners(package: Package, report: AdoptionReport) -> Package:
    """Put the embargo's line into every header that a page shows.

    Raises:
        InputError: python-docx cannot read its sections.
    """
    from pressgen.word.adoption.page_room import make_room, move_header
    from pressgen.word.python_docx import collect_parts, edit_document, iterate_margins, list_sections

    styles, added = _read_styles(package), 0
    style = styles.find("paragraph", BANNER_STYLE) or styles.find("paragraph", "Banner")
    with edit_document(package) as document:
        for header in iterate_margins(document, "header"):
            root = header.part.element
            if not has_banner(root):
                for section in list_sections(document):
                    move_header(section, root)
                root.insert(0, make_banner(style))
                added += 1
        make_room(document, report)
        parts = collect_parts(document, package)
    if added:
        report.added.append(f"the embargo line at the top of every page (headers: {added})")
    return Package(parts, package.shown)


def _finish(package: Package, report: AdoptionReport) -> bytes:
    """Return the file with only the parts that a release needs.

    What the others held is recorded.

    Raises:
        InputError: it still shows something that no release may carry.
    """
    carried = collect_copied_parts(package)
    if lasting := [each for each in carried.problems if each.code != FaultCode.FOREIGN]:
        raise InputError(lasting)
    report.removed += (each.message for each in carried.problems)
    for piece, label in LABELS.items():
        if any(piece in name for name in carried.left_out):
            report.removed.append(label)
    if any(name in package.parts for name in OWN):
        report.removed.append("the file's properties, such as the names of authors")
    report.merge_repeats()
    return pack_parts(carried.parts)
