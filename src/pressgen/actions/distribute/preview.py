"""Preview the mails of an issue.

They are written as files, or sent as one proof to the person who acts.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pressgen.actions.distribute.deliveries import Reader, compute_channel_key, create_letter_writer
from pressgen.actions.distribute.issue import plan_issue_from_folder, require_issue_channel
from pressgen.actions.distribute.office_channels import create_mail_sender, resolve_channel_folder
from pressgen.actions.distribute.reader_copies import compute_delivery_key
from pressgen.actions.workspace.bundle import hash_content
from pressgen.actions.workspace.office import load_office, open_ledger
from pressgen.actions.workspace.permissions import authorise_actor
from pressgen.channels.checked_mail import MailWriter, NotReadyError
from pressgen.errors import InputError, Place, Problem, StateError, UsageError, guard_writing
from pressgen.files.atomic import OPEN_FOLDER, OWNER, close_on_exit, make_folder, write_new_file
from pressgen.files.within import open_folder_within
from pressgen.model.event import Sent
from pressgen.model.issue_order import ProofSent
from pressgen.model.office import FolderChannel, PostChannel
from pressgen.model.outcome import ARRIVED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.distribute.issue_plan import IssueRequest
    from pressgen.actions.distribute.message import OutgoingMessage
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.office import Office

ENDING: Final = ".eml"
PROOF: Final = "PROOF"
"""The start of a proof's subject, and the act in its key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPreview:
    """A mail as it would be sent, except for its Date."""

    reader: Reader
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class IssuePreview:
    """What an issue would send.

    Attributes:
        files: the mails that were written, one for each reader who would be sent one.
        channels: the folders and web hooks that would get the files, by name.
    """

    files: list[Path]
    channels: list[str]


def preview_issue(
    workspace: Workspace, path: Path, order: IssueRequest, who: str | None, now: datetime, *, folder: Path | None
) -> IssuePreview:
    """Write the mails of an issue to a folder, without sending them.

    Nothing is recorded. The mails are byte for byte what would be sent, except for the header Date; where copies are
    locked with a password, their PDFs differ as well, since they are encrypted again each time.

    Args:
        workspace: the release's.
        path: of the release.
        order: to whom it would be issued, and how.
        who: the person who acts; anybody who works in the office.
        now: the present instant, for the header Date.
        folder: for the files; None for `preview-LIST` in the release's folder below `dist`.

    Raises:
        StateError, UsageError: as `issue_release`; or others can look into the folder, or it holds something else.
        InputError: as `issue_release`; a mail cannot be written as approved; or the folder cannot be written.
    """
    office = load_office(workspace)
    authorise_actor(office, who, to="look at what is issued")
    require_issue_channel(office)
    with open_ledger(workspace) as ledger:
        plan = plan_issue_from_folder(workspace, office, ledger, path, order, now)
        mails = list(create_mail_previews(office, plan.parcel, plan.readers(ledger), now))
        channels = _list_other_channels(office, ledger, plan.parcel)
    files = write_previews(workspace, office, folder, f"{plan.standing.slug}/preview-{order.list}", mails)
    return IssuePreview(files, channels)


def _list_other_channels(office: Office, ledger: Ledger, message: OutgoingMessage) -> list[str]:
    """List the folders and web hooks that the message has not reached."""
    if message.locked:
        return []
    events = [stamp.event for stamp in ledger.entries(message.reference)]
    had = {each.key for each in events if isinstance(each, Sent) and each.outcome in ARRIVED}
    others = [each for each in office.at_issue if not isinstance(office.channels[each], PostChannel)]
    return [each for each in others if compute_channel_key(message, each) not in had]


def write_previews(
    workspace: Workspace, office: Office, folder: Path | None, below: str, mails: list[MailPreview]
) -> list[Path]:
    """Write mails as files, and return their paths.

    They go into `folder`, or else into `below` within dist.

    Raises:
        StateError, UsageError: others can look into the folder, or it holds something else, or a channel shows it.
        InputError: the folder cannot be written.
    """
    target = folder or workspace.root / "dist" / below
    _require_outside_channels(workspace, office, target)
    with guard_writing(str(target)):
        if folder is None:
            with open_folder_within(workspace.root, target.parent, make=True):
                pass  # no link on the way leads out of the workspace
        return _write_mails(target, mails)


def send_proof(workspace: Workspace, path: Path, order: IssueRequest, who: str | None, now: datetime) -> ProofSent:
    """Send the mail of an issue to the person who acts.

    A marked copy bears their name. Return the event that was recorded.

    The ledger records that they were sent a proof, not that they have the release.

    Raises:
        StateError, UsageError, InputError: as `preview_issue`.
        EnvironmentFailureError: the password of the mail channel is missing; nothing was sent.
    """
    office = load_office(workspace)
    actor = authorise_actor(office, who, to="have a proof sent")
    require_issue_channel(office)
    me = office.people[actor]
    name = next((each for each in office.at_issue if isinstance(office.channels[each], PostChannel)), None)
    channel = office.channels[name] if name else None
    if name is None or not isinstance(channel, PostChannel):
        raise UsageError("the office has no mail channel for issuing; add one to at_issue in releases/pressgen.yaml")
    with open_ledger(workspace) as ledger:
        plan = plan_issue_from_folder(workspace, office, ledger, path, order, now)
        key = compute_delivery_key(plan.standing.reference, PROOF, plan.version.digest, name, me.email, now.isoformat())
        reader = Reader(id=actor, name=me.name, holder=me.name, address=me.email, copying=order.copying)
        goods = replace(plan.parcel, act=f"{PROOF} {key}", label=": ".join(filter(None, (PROOF, plan.parcel.label))))
        letter = create_letter_writer(goods, name, office.office)(reader, now)
        with create_mail_sender(workspace, name, channel) as way:
            outcome = way.send(letter)
        proof = ProofSent(
            version=plan.version.digest,
            recipient=actor,
            address=me.email,
            channel=name,
            list=order.list,
            files={each: hash_content(content) for each, content in letter.files.items()},
            outcome=outcome.word,
            detail="; ".join(filter(None, (outcome.detail, order.copying.remark))),
            key=letter.key,
        )
        ledger.append(proof, reference=plan.standing.reference, slug=plan.standing.slug, actor=actor, at=now)
    return proof


def create_mail_previews(
    office: Office, goods: OutgoingMessage, readers: list[Reader], now: datetime
) -> Iterator[MailPreview]:
    """Yield the mails by which a message would go to readers.

    Raises:
        InputError: a mail cannot be written as approved.
    """
    names = [each for each in office.at_issue if isinstance(office.channels[each], PostChannel)]
    for name in names:
        write, writer = create_letter_writer(goods, name, office.office), MailWriter()
        for reader in readers:
            try:
                _, content = writer.write_checked(write(reader, now))
            except NotReadyError as error:
                problem = Problem(code="D03", message=error.outcome.detail, place=Place(reader.address))
                raise InputError([problem]) from None
            stem = reader.id if len(names) == 1 else f"{reader.id}.{name}"
            yield MailPreview(reader=reader, name=f"{stem}{ENDING}", content=content)


def _require_outside_channels(workspace: Workspace, office: Office, folder: Path) -> None:
    """Raise an error where a channel publishes the folder."""
    for name, channel in office.channels.items():
        if isinstance(channel, FolderChannel):
            shown, ours = resolve_channel_folder(workspace, channel).resolve(), folder.resolve()
            if ours.is_relative_to(shown) or shown.is_relative_to(ours):
                raise UsageError(
                    f"{folder} contains, or is in, the folder of the channel “{name}”; give another folder"
                )


def _write_mails(folder: Path, mails: list[MailPreview]) -> list[Path]:
    """Write the mails for their owner only, and remove an earlier preview.

    Raises:
        OSError: something cannot be written; the folder is then empty.
        StateError: others can look into the folder.
    """
    make_folder(folder.parent)
    if not folder.exists():
        folder.mkdir(mode=OWNER)
    with close_on_exit(os.open(folder, OPEN_FOLDER | os.O_NOFOLLOW)) as handle:
        about = os.fstat(handle)
        if about.st_mode & 0o077 or about.st_uid != os.geteuid():
            raise StateError(f"other users can read {folder}; give a new folder, or run: chmod 700 {folder}")
        there = os.listdir(handle)  # noqa: PTH208 - a handle has no pathlib
        if any(not each.endswith(ENDING) for each in there):
            raise StateError(f"{folder} contains other files than mails; give a new folder")
        for each in there:
            os.unlink(each, dir_fd=handle)
        written: list[str] = []
        try:
            for mail in mails:
                write_new_file(handle, mail.name, mail.content)
                written.append(mail.name)
        except BaseException:
            for each in written:
                os.unlink(each, dir_fd=handle)
            raise
    return [folder / each.name for each in mails]
