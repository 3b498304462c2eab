"""Look at the mails of an issue before they go: as files, or as one proof to the person who acts."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pressgen.actions.distribute.channels import folder_of, post_of
from pressgen.actions.distribute.copies import key_of
from pressgen.actions.distribute.deliveries import Reader, letter_writer
from pressgen.actions.distribute.issue import plan_from_desk, see_ways
from pressgen.actions.workspace.bundle import digest
from pressgen.actions.workspace.office import open_ledger, take_office
from pressgen.actions.workspace.permissions import acting
from pressgen.channels.ready import MailWriter, NotReadyError
from pressgen.errors import Place, Problem, Refused, StateForbids, WrongUse
from pressgen.files.modes import OPEN_FOLDER, OWNER, closing_fd, make_folder
from pressgen.files.within import folder_within
from pressgen.files.writing import write_new
from pressgen.model.issue_order import ProofSent
from pressgen.model.office import FolderChannel, PostChannel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.distribute.message import Parcel
    from pressgen.actions.distribute.plan import IssueOrder
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.office import Office

ENDING: Final = ".eml"
PROOF: Final = "PROOF"
"""What the subject of a proof begins with, and the act that its key is made of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewedMail:
    """A mail as it would be sent, but for its Date."""

    reader: Reader
    name: str
    content: bytes


def preview(
    workspace: Workspace, path: Path, order: IssueOrder, who: str | None, now: datetime, *, folder: Path | None
) -> list[Path]:
    """Write the mails that an issue would send now into a folder; nothing is sent, and nothing recorded.

    They are byte for byte what would be sent, but for the header Date; and where copies are locked with a password, but
    for their PDFs, which are encrypted anew each time.

    Args:
        workspace: whose release it is.
        path: of the release.
        order: to whom it would be issued, and how.
        who: acts; anybody who works in the office.
        now: the present instant, which each mail bears.
        folder: where the files go; None for `preview-LIST` in the release's folder below `dist`.

    Returns: the files, one for each reader who would be sent a mail.

    Raises:
        StateForbids, WrongUse: as `issue`; or others can look into the folder, or it holds something else.
        Refused: as `issue`; a mail cannot be written as approved; or the folder cannot be written.
    """
    office = take_office(workspace)
    acting(office, who, to="look at what is issued")
    see_ways(office)
    with open_ledger(workspace) as ledger:
        plan = plan_from_desk(workspace, office, ledger, path, order, now)
        mails = list(mails_of(office, plan.parcel, plan.readers(ledger), now))
    return write_preview(workspace, office, folder, f"{plan.standing.slug}/preview-{order.list}", mails)


def write_preview(
    workspace: Workspace, office: Office, folder: Path | None, below: str, mails: list[PreviewedMail]
) -> list[Path]:
    """Write mails as files into `folder`, or else `below` dist; return their paths.

    Raises:
        StateForbids, WrongUse: others can look into the folder, or it holds something else, or a channel shows it.
        Refused: the folder cannot be written.
    """
    target = folder or workspace.root / "dist" / below
    _see_apart(workspace, office, target)
    try:
        if folder is None:
            with folder_within(workspace.root, target.parent, make=True):
                pass  # no link on the way leads out of the workspace
        return _write(target, mails)
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise Refused([Problem(code="K02", message=message, place=Place(str(target)))]) from None


def send_proof(workspace: Workspace, path: Path, order: IssueOrder, who: str | None, now: datetime) -> ProofSent:
    """Send the mail of an issue to the person who acts, with their name on a marked copy; what became of it.

    The ledger has it that they were sent a proof, and not that they have the release.

    Raises:
        StateForbids, WrongUse, Refused: as `preview`.
        MachineLacks: the password of the mail channel is not to be had; nothing was sent.
    """
    office = take_office(workspace)
    actor = acting(office, who, to="have a proof sent")
    see_ways(office)
    me = office.people[actor]
    name = next((each for each in office.at_issue if isinstance(office.channels[each], PostChannel)), None)
    channel = office.channels[name] if name else None
    if name is None or not isinstance(channel, PostChannel):
        raise WrongUse("the office mails nothing at issue: at_issue in releases/pressgen.yaml names no mail channel")
    with open_ledger(workspace) as ledger:
        plan = plan_from_desk(workspace, office, ledger, path, order, now)
        key = key_of(plan.standing.reference, PROOF, plan.version.digest, name, me.email, now.isoformat())
        reader = Reader(id=actor, name=me.name, holder=me.name, address=me.email, copying=order.copying)
        goods = replace(plan.parcel, act=f"{PROOF} {key}", label=": ".join(filter(None, (PROOF, plan.parcel.label))))
        letter = letter_writer(goods, name, office.office)(reader, now)
        with post_of(workspace, name, channel) as way:
            outcome = way.send(letter)
        proof = ProofSent(
            version=plan.version.digest,
            recipient=actor,
            address=me.email,
            channel=name,
            list=order.list,
            files={each: digest(content) for each, content in letter.files.items()},
            outcome=outcome.word,
            detail="; ".join(filter(None, (outcome.detail, order.copying.remark))),
            key=letter.key,
        )
        ledger.append(proof, reference=plan.standing.reference, slug=plan.standing.slug, actor=actor, at=now)
    return proof


def mails_of(office: Office, goods: Parcel, readers: list[Reader], now: datetime) -> Iterator[PreviewedMail]:
    """The mails by which a parcel would go to readers.

    Raises:
        Refused: one cannot be written as approved.
    """
    names = [each for each in office.at_issue if isinstance(office.channels[each], PostChannel)]
    for name in names:
        write, writer = letter_writer(goods, name, office.office), MailWriter()
        for reader in readers:
            try:
                _, content = writer.write_checked(write(reader, now))
            except NotReadyError as error:
                problem = Problem(code="D03", message=error.outcome.detail, place=Place(reader.address))
                raise Refused([problem]) from None
            stem = reader.id if len(names) == 1 else f"{reader.id}.{name}"
            yield PreviewedMail(reader=reader, name=f"{stem}{ENDING}", content=content)


def _see_apart(workspace: Workspace, office: Office, folder: Path) -> None:
    """See that no channel shows the folder."""
    for name, channel in office.channels.items():
        if isinstance(channel, FolderChannel):
            shown, ours = folder_of(workspace, channel).resolve(), folder.resolve()
            if ours.is_relative_to(shown) or shown.is_relative_to(ours):
                raise WrongUse(f"{folder} is in, or around, the folder of the channel “{name}”; give another folder")


def _write(folder: Path, mails: list[PreviewedMail]) -> list[Path]:
    """Write the files, for their owner alone, in place of those of an earlier preview.

    Raises:
        OSError: something cannot be written; the folder is then empty.
        StateForbids: the folder is not ours alone.
    """
    make_folder(folder.parent)
    if not folder.exists():
        folder.mkdir(mode=OWNER)
    with closing_fd(os.open(folder, OPEN_FOLDER | os.O_NOFOLLOW)) as handle:
        about = os.fstat(handle)
        if about.st_mode & 0o077 or about.st_uid != os.geteuid():
            raise StateForbids(f"others can look into {folder}: give a folder that is not there yet, or run chmod 700")
        there = os.listdir(handle)  # noqa: PTH208 - a handle has no pathlib
        if any(not each.endswith(ENDING) for each in there):
            raise StateForbids(f"{folder} holds something else than mails: give a folder that is not there yet")
        for each in there:
            os.unlink(each, dir_fd=handle)
        written: list[str] = []
        try:
            for mail in mails:
                write_new(handle, mail.name, mail.content)
                written.append(mail.name)
        except BaseException:
            for each in written:
                os.unlink(each, dir_fd=handle)
            raise
    return [folder / each.name for each in mails]
