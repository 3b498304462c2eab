"""Send a release for review: copies in Word and PDF that bear the round's number, and a record of what they show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pressgen.actions.review.rounds import export_of, keep, kept, reviewer
from pressgen.actions.workspace.bundle import digest
from pressgen.actions.workspace.folder import take
from pressgen.actions.workspace.office import open_ledger
from pressgen.actions.workspace.reading import home_of
from pressgen.errors import Place, Problem, Refused, WrongUse
from pressgen.files.within import write_within
from pressgen.model.artifact import Artifact, Variant
from pressgen.model.round import Exported
from pressgen.model.words import flatten

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.review.posting import Copies, Mailing, Way
    from pressgen.actions.workspace.folder import Desk, Workspace
    from pressgen.model.document import Document
    from pressgen.model.export import Export


@dataclass(frozen=True, slots=True)
class Errand:
    """Whose copies these are to be.

    Attributes:
        to: whom they are for, as typed.
        who: the id of the person who sends them, None where nobody said.
        out: the folder under which `SLUG/review/` is written.
        way: by which channel they are mailed; None for not at all.
    """

    to: tuple[str, ...]
    who: str | None
    out: Path
    way: Way | None = None


def send(workspace: Workspace, path: Path, errand: Errand, now: datetime) -> list[Path]:
    """Make the review copies of the release at `path`, one of each format and language, and keep their records.

    Where the workspace has an office, the ledger has it that they went out, and by which mail to whom.

    Returns: what was written.

    Raises:
        Refused: the release is at fault, or a file cannot be written; nothing is.
        WrongUse: there is no release at `path`, or nobody of the names given.
        StateForbids: the release is not for somebody to whom it would be mailed.
        MachineLacks: a library that PDF needs is not on this machine, or what a mail needs is not to be had.
    """
    from pressgen.actions.workspace.compose import composed  # noqa: PLC0415 - a refused release gets by without it

    actor = reviewer(workspace, errand.who)
    desks = take(workspace, path)
    mails = _mails(workspace, errand, actor, desks[0])
    made: list[Artifact] = []
    records, documents = [], []
    for desk in desks:
        (document,) = composed(desk, [Variant.REVIEW])
        document = _numbered(workspace, desk, document)
        documents.append(document)
        copies = _copies(desk, document)
        made += copies
        records.append(replace(export_of(desk, document, copies[0].content, copies[0].name), to=errand.to, sent=now))
    home, out = home_of(workspace.root, errand.out)
    folder = out / desks[0].slug / Variant.REVIEW.value
    _write(home, folder, made)
    for record in records:
        keep(workspace, record)
    if actor:
        files = {each.name: digest(each.content) for each in made}
        event = Exported(round=records[0].round, digest=records[0].digest, to=errand.to, files=files)
        with open_ledger(workspace) as ledger:
            ledger.append(event, reference=records[0].reference, slug=records[0].slug, actor=actor, at=now)
    if mails:
        from pressgen.actions.review.posting import post  # noqa: PLC0415 - only mail wants it

        post(mails, _parcel(records[0], documents[0], made))
    return [folder / each.name for each in made]


def _write(home: Path, folder: Path, made: list[Artifact]) -> None:
    try:
        write_within(home, folder, {each.name: each.content for each in made})
    except OSError as error:
        problem = Problem(code="K02", message=f"cannot be written: {error.strerror}", place=Place(str(folder)))
        raise Refused([problem]) from None


def _mails(workspace: Workspace, errand: Errand, actor: str | None, desk: Desk) -> Mailing | None:
    if errand.way is None:
        return None
    from pressgen.actions.review.posting import mailing  # noqa: PLC0415 - only mail wants it

    if actor is None:
        raise WrongUse("mail goes out by a channel of the office; say who works there in releases/pressgen.yaml")
    return mailing(workspace, errand.way, actor, errand.to, (desk.release.reference, desk.release.audience))


def _parcel(record: Export, document: Document, made: list[Artifact]) -> Copies:
    from pressgen.actions.review.posting import Copies  # noqa: PLC0415 - as above

    return Copies(
        reference=record.reference, slug=record.slug, headline=flatten(document.headline.words), round=record.round,
        language=document.language,
        digest=record.digest, banner=flatten(document.banner[0].words) if document.banner else "",
        files={each.name: each.content for each in made},
    )  # fmt: skip


def _numbered(workspace: Workspace, desk: Desk, document: Document) -> Document:
    """The document with the round that it belongs to: that of an earlier copy of the same state, else the next."""
    last = next(iter(kept(workspace, desk.slug)), None)
    edition = document.edition
    if edition is None:
        return document
    earlier = next((each for each in kept(workspace, desk.slug) if each.digest == edition.digest), None)
    number = earlier.round if earlier else last.round + 1 if last else 1
    return replace(document, edition=replace(edition, round=number))


def _copies(desk: Desk, document: Document) -> list[Artifact]:
    """The Word file and the PDF, judged as every made file is.

    Raises:
        Refused: one of them is at fault.
    """
    from pressgen.render import pdf, word  # noqa: PLC0415 - each format's libraries are loaded when it is wanted
    from pressgen.validate import file  # noqa: PLC0415
    from pressgen.validate.content import differences  # noqa: PLC0415

    made = [
        word.render(document, desk.house, desk.media),
        pdf.render(document, desk.house, desk.media, desk.locate),
    ]
    problems = [problem for each in made for problem in differences(document, each, desk.locate)]
    problems += [problem for each in made for problem in file.problems(each.content, each.name)]
    if problems:
        raise Refused(problems)
    number = document.edition.round if document.edition else 0
    return [replace(each, name=f"{desk.name}-review-{number}.{each.format.value}") for each in made]
