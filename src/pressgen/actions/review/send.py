"""Send a release for review.

Copies in Word and PDF have the round's number, and a record keeps what they show.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pressgen.actions.review.copy_records import build_copy_record, identify_reviewer, read_records, save_record
from pressgen.actions.workspace.bundle import hash_content
from pressgen.actions.workspace.folder import load_release
from pressgen.actions.workspace.office import open_ledger
from pressgen.actions.workspace.read_files import find_write_root
from pressgen.errors import InputError, UsageError, guard_writing
from pressgen.files.within import write_within
from pressgen.model.artifact import Artifact, Format, Variant
from pressgen.model.round import Exported
from pressgen.model.words import flatten

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.review.mail_copies import ReviewCopies, ReviewMailing, ReviewMailOptions
    from pressgen.actions.workspace.folder import LoadedRelease, Workspace
    from pressgen.model.document import Document
    from pressgen.model.export import Export


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """A request to send a release out for review.

    Attributes:
        to: the readers, as typed.
        who: the id of the person who sends them; None where nobody said.
        out: the folder under which `SLUG/review/` is written.
        way: the channel to mail them by; None for no mail.
    """

    to: tuple[str, ...]
    who: str | None
    out: Path
    way: ReviewMailOptions | None = None


def send_for_review(workspace: Workspace, path: Path, request: ReviewRequest, now: datetime) -> list[Path]:
    """Build the review copies of a release, and save their records.

    There is one copy for each format and language. In a workspace with an office, the ledger records that they went
    out, and each mail.

    Returns:
        the written files.

    Raises:
        InputError: the release is at fault, or a file cannot be written; then none is.
        UsageError: there is no release at `path`, or a person is unknown.
        StateError: a reader may not have the release.
        EnvironmentFailureError: a library for PDF is missing on this machine, or something that a mail needs is
            missing.
    """
    from pressgen.actions.review.mail_copies import mail_copies
    from pressgen.actions.workspace.compose import compose_release

    actor = identify_reviewer(workspace, request.who)
    languages = load_release(workspace, path)
    if actor and request.to and request.way is None:  # a mailing checks its readers itself
        _require_known_readers(workspace, request.to)
    mails = _prepare_mailing(workspace, request, actor, languages[0])
    made: list[Artifact] = []
    records, documents = [], []
    for loaded in languages:
        (document,) = compose_release(loaded, [Variant.REVIEW])
        document = _number_round(workspace, loaded, document)
        documents.append(document)
        copies = _build_copies(loaded, document)
        made += copies
        records.append(
            replace(build_copy_record(loaded, document, copies[0].content, copies[0].name), to=request.to, sent=now)
        )
    bundle = _bundle_copies(languages[0], records[0], documents[0], made) if mails else None
    home, out = find_write_root(workspace.root, request.out)
    folder = out / languages[0].slug / Variant.REVIEW.value
    with guard_writing(str(folder)):
        write_within(home, folder, {each.name: each.content for each in made})
    for record in records:
        save_record(workspace, record)
    if actor:
        files = {each.name: hash_content(each.content) for each in made}
        event = Exported(round=records[0].round, digest=records[0].digest, to=request.to, files=files)
        with open_ledger(workspace) as ledger:
            ledger.append(event, reference=records[0].reference, slug=records[0].slug, actor=actor, at=now)
    if mails and bundle:
        mail_copies(mails, bundle)
    return [folder / each.name for each in made]


def _require_known_readers(workspace: Workspace, to: tuple[str, ...]) -> None:
    from pressgen.actions.review.mail_copies import require_known_readers
    from pressgen.actions.workspace.office import load_office

    require_known_readers(load_office(workspace), to)


def _prepare_mailing(
    workspace: Workspace, request: ReviewRequest, actor: str | None, loaded: LoadedRelease
) -> ReviewMailing | None:
    if request.way is None:
        return None
    from pressgen.actions.review.mail_copies import prepare_mailing

    if actor is None:
        raise UsageError("copies are mailed by the office; list its people in releases/pressgen.yaml")
    return prepare_mailing(
        workspace, request.way, actor, request.to, (loaded.release.reference, loaded.release.audience)
    )


def _bundle_copies(loaded: LoadedRelease, record: Export, document: Document, made: list[Artifact]) -> ReviewCopies:
    from pressgen.actions.review.mail_copies import ReviewCopies

    return ReviewCopies(
        reference=record.reference, slug=record.slug, headline=flatten(document.headline.words), round=record.round,
        language=document.language,
        digest=record.digest, banner=flatten(document.banner[0].words) if document.banner else "",
        text=_print_text(loaded, document), files={each.name: each.content for each in made},
    )  # fmt: skip


def _print_text(loaded: LoadedRelease, document: Document) -> str:
    """Return the text of a copy as a mail shows it.

    Raises:
        InputError: the house's `mail.txt` is at fault, or leaves words out.
    """
    from pressgen.render import plain
    from pressgen.validate.content import check_content

    made = plain.render(document, loaded.house)
    if problems := check_content(document, made, loaded.locate):
        raise InputError(problems)
    return made.content.decode()


def _number_round(workspace: Workspace, loaded: LoadedRelease, document: Document) -> Document:
    """Give the document its round number.

    That is the round of an earlier copy of the same state, else the next round.
    """
    last = next(iter(read_records(workspace, loaded.slug)), None)
    edition = document.edition
    if edition is None:
        return document
    earlier = next((each for each in read_records(workspace, loaded.slug) if each.digest == edition.digest), None)
    number = earlier.round if earlier else last.round + 1 if last else 1
    return replace(document, edition=replace(edition, round=number))


def _build_copies(loaded: LoadedRelease, document: Document) -> list[Artifact]:
    """Build the Word file and the PDF, and verify both.

    Raises:
        InputError: one of them is at fault.
    """
    from pressgen.render import pdf, word
    from pressgen.validate import file
    from pressgen.validate.banner import check_embargo_line
    from pressgen.validate.content import check_content

    made = [
        word.render(document, loaded.house, loaded.media),
        pdf.render(document, loaded.house, loaded.media, loaded.locate),
    ]
    problems = [problem for each in made for problem in check_content(document, each, loaded.locate)]
    problems += [problem for each in made for problem in file.validate_file(each.content, each.name)]
    problems += [
        problem
        for each in made
        for problem in check_embargo_line(document, Format(each.format), each.content, each.name)
    ]
    if problems:
        raise InputError(problems)
    number = document.edition.round if document.edition else 0
    return [replace(each, name=f"{loaded.name}-review-{number}.{each.format}") for each in made]
