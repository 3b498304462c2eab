"""Read what a returned file proposes, with the record of its copy."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.actions.review.record_lookup import find_copy_record
from pressgen.actions.review.sent_contents import find_sent_contents
from pressgen.errors import InputError

if TYPE_CHECKING:
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.load.source import SourceText
    from pressgen.model.export import Export
    from pressgen.model.proposal import Proposal

    FoundProposals = tuple[Export, list[Proposal], list[str]]
    """The record, the proposals, and what a person should know about the file."""

DAMAGED = frozenset({"V02", "UA1-7.21.3.1"})
"""The codes of PDFs that programs repair each in their own way: damaged, and fonts that lack their description."""


def read_word_proposals(workspace: Workspace, data: bytes, shown: str) -> FoundProposals:
    """Read what a Word file proposes."""
    from pressgen.review.inventory import count_word_file
    from pressgen.review.inventory_comparison import InventoryPair, add_unlisted
    from pressgen.review.resaved_headers import drop_resaved_headers
    from pressgen.review.word_proposals import propose_from_word
    from pressgen.review.word_reader import read_word_document

    file = read_word_document(data, shown)
    text = "\n".join("".join(each.text for each in one.characters) for one in file.paragraphs)
    export, notice = _find_copy_record(workspace, file.names.get("urn", ""), text, shown)
    found = propose_from_word(export.blocks, file)
    notices = [*file.notices, *([notice] if notice else [])]
    sent = find_sent_contents(workspace, export)
    found = add_unlisted(found, InventoryPair(sent, count_word_file(data)), export.blocks)
    found = drop_resaved_headers(export.blocks, found)
    if sent is None:
        notices.append("was sent by an older version; look at its links, emphasis and alternative texts yourself")
    if (saved := file.names.get("saved by", "")) and any(not each.tracked for each in found):
        notices.append(f"has changes that Word did not track; it was last saved by {saved}")
    if len(file.unread) > export.unread:
        notices.append(
            f"holds {len(file.unread) - export.unread} pictures or symbols that were not sent; look at the file"
        )
    return export, found, notices


def read_pdf_proposals(workspace: Workspace, data: bytes, shown: str) -> FoundProposals:
    """Read what a PDF proposes."""
    from pressgen.review.pdf_annotations import read_annotations, read_pdf_text
    from pressgen.review.pdf_proposals import propose_from_pdf

    file = read_annotations(data, shown)
    export, notice = _find_copy_record(workspace, file.urn, read_pdf_text(data, shown), shown)
    notices = [*file.notices, *([notice] if notice else []), *_warn_of_damage(data, shown)]
    return export, propose_from_pdf(export.blocks, file), notices


def read_mail_proposals(workspace: Workspace, data: bytes, shown: str, attached: Export | None) -> FoundProposals:
    """Read what the text of a mail proposes.

    `attached` is the record of a copy that came with it, which a mail without a trace of its own is about.
    """
    from pressgen.actions.review.mail_record import find_mail_record
    from pressgen.review.mail_proposals import propose_from_mail
    from pressgen.review.mail_reader import read_mail_reply

    reply = read_mail_reply(data, shown)
    try:
        export, notice = find_mail_record(workspace, reply, shown)
    except InputError:
        if attached is None:
            raise
        export, notice = attached, ""
    export = _resolve_phrases(workspace, export)
    found = propose_from_mail(export.blocks, reply)
    return export, found.proposals, [*reply.notices, *([notice] if notice else []), *found.notices]


def _find_copy_record(workspace: Workspace, urn: str, text: str, shown: str) -> tuple[Export, str]:
    """Find the record of a copy, with what its phrases print."""
    export, notice = find_copy_record(workspace, urn, text, shown)
    return _resolve_phrases(workspace, export), notice


def _resolve_phrases(workspace: Workspace, export: Export) -> Export:
    from pressgen.review.phrase_fields import resolve_phrase_fields

    blocks = resolve_phrase_fields(export.blocks, lambda: parse_sent_source(workspace, export).text_at)
    return replace(export, blocks=blocks)


def _warn_of_damage(data: bytes, shown: str) -> list[str]:
    """Warn of a PDF that other programs may show differently."""
    from pressgen.validate.file import validate_file

    if not any(each.code in DAMAGED for each in validate_file(data, shown)):
        return []
    return [
        ("is damaged, so another program may show other words than those listed here; ask for a new copy of the file")
    ]


def parse_sent_source(workspace: Workspace, export: Export) -> SourceText:
    """Parse the release file as it was when the copy went out."""
    from pressgen.load.source import read_source

    source, _ = read_source(export.source.encode(), _format_source_path(workspace, export))
    return source


def _format_source_path(workspace: Workspace, export: Export) -> str:
    return workspace.shown(workspace.root / "releases" / export.slug / export.name)
