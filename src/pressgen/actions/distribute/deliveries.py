"""One parcel as the deliveries that it makes: a mail to each reader, a folder, a word to a web hook."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pressgen.actions.distribute.channels import folder_of, hook_of, post_of, sender_of, unsubscribe_of
from pressgen.actions.distribute.copies import Copying, copy_of, key_of, line_of
from pressgen.actions.distribute.html_part import html_part
from pressgen.channels.folder import files_in, publish
from pressgen.channels.letter import Letter, Mailbox
from pressgen.channels.safe_folder import Access
from pressgen.channels.webhook import post
from pressgen.model.office import FolderChannel, GraphChannel, MailChannel, WebhookChannel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import ExitStack
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.distribute.message import Parcel
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.channels.outcome import Outcome
    from pressgen.channels.ready import MailSender
    from pressgen.channels.webhook import Hook
    from pressgen.model.office import About, Office

TEXT = "release.txt"
"""How the text of the whole is called in a folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody to whom a release goes.

    Attributes:
        id: on a list of the office.
        holder: as printed on a marked copy: name and outlet.
        answers: the key of the mail that this one follows up; empty for none.
        locked: whether what this person has is locked with a password.
        copying: how the copy is made.
    """

    id: str
    name: str
    holder: str
    address: str
    answers: str = ""
    locked: bool = False
    copying: Copying = field(default_factory=Copying)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """A delivery made ready: the files that go along, by name, and how to hand them in, as often as need be."""

    files: Mapping[str, bytes] = field(repr=False)
    hand_in: Callable[[], Outcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One thing to deliver.

    Attributes:
        recipient: the id of the reader; empty for a channel without any.
        key: names it for good.
        remark: what the ledger says of the copy; empty for the files as approved.
        load: makes it ready at an instant, as a mail that comes back to an address; empty for the office's own.
    """

    channel: str
    recipient: str
    address: str
    key: str
    remark: str = ""
    load: Callable[[datetime, str], Load]


def deliveries(
    workspace: Workspace,
    office: Office,
    channels: Sequence[str],
    parcel: Parcel,
    readers: Sequence[Reader],
    sessions: ExitStack,
) -> list[Delivery]:
    """What is to be delivered by some channels of the office.

    Args:
        workspace: where the channels' folders and secrets lie.
        office: whose channels they are.
        channels: their names.
        parcel: what goes out.
        readers: to whom, by mail.
        sessions: holds the mail servers' sessions open.

    Raises:
        MachineLacks: a secret is not to be had.
    """
    made: list[Delivery] = []
    for name in channels:
        match office.channels[name]:
            case MailChannel() | GraphChannel() as channel:
                way = sessions.enter_context(post_of(workspace, name, channel))
                write = letter_writer(parcel, name, office.office)
                made += [_to_reader(parcel, name, each, way, write) for each in readers]
            case FolderChannel() as channel:
                made.append(_to_folder(parcel, name, folder_of(workspace, channel)))
            case WebhookChannel() as channel:
                made.append(_to_hook(parcel, name, hook_of(workspace, name, channel)))
    return made


def _html_part(parcel: Parcel, locked: bool) -> Callable[[str], str]:  # noqa: FBT001 - it is a key of a cache
    return html_part(parcel, locked=locked)


def letter_writer(parcel: Parcel, name: str, office: About) -> Callable[[Reader, datetime], Letter]:
    """Return what writes the mail to a reader by the channel `name`; all but its Date is the same at any instant."""
    html = cache(partial(_html_part, parcel))

    def write(reader: Reader, at: datetime) -> Letter:
        key = _key_of_mail(parcel, name, reader)
        locked = reader.copying.password is not None
        leave = unsubscribe_of(office, reader.address, key)
        line = line_of(key, reader.holder) if reader.copying.remark else ""
        return Letter(
            sender=sender_of(office),
            to=Mailbox(reader.name, reader.address),
            subject=parcel.subject(locked=locked),
            text=parcel.text(line, locked=locked),
            html=html(locked)(line),
            files=copy_of(parcel.files, key, reader.holder, reader.copying),
            key=key,
            answers=reader.answers,
            reply_to=office.reply_to or "",
            unsubscribe=leave.addresses,
            one_click=leave.one_click,
            at=at,
        )

    return write


def _to_reader(
    parcel: Parcel, name: str, reader: Reader, way: MailSender, write: Callable[[Reader, datetime], Letter]
) -> Delivery:
    def load(at: datetime, return_path: str) -> Load:
        letter = replace(write(reader, at), return_path=return_path)
        return Load(files=letter.files, hand_in=lambda: way.send(letter))

    return Delivery(
        channel=name,
        recipient=reader.id,
        address=reader.address,
        key=_key_of_mail(parcel, name, reader),
        remark=reader.copying.remark,
        load=load,
    )


def _key_of_mail(parcel: Parcel, name: str, reader: Reader) -> str:
    return key_of(parcel.reference, parcel.act, parcel.version, name, reader.address)


def _to_folder(parcel: Parcel, name: str, folder: Path) -> Delivery:
    """The files in a folder of the release's own, below the channel's, in which no earlier version stays."""

    def load(_: datetime, __: str) -> Load:
        files = {**parcel.files, TEXT: parcel.text().encode()}
        placed = {f"{parcel.slug}/{each}": content for each, content in files.items()}
        gone: list[str] = []
        with suppress(OSError):  # what is wrong with the folder, `publish` tells
            there = files_in(folder, parcel.slug)
            gone = [each for each in there if each not in placed and "/." not in each]
        return Load(files=files, hand_in=lambda: publish(folder, placed, gone, Access.FOLDER))

    key = key_of(parcel.reference, parcel.act, parcel.version, name)
    return Delivery(channel=name, recipient="", address=parcel.slug, key=key, load=load)


def _to_hook(parcel: Parcel, name: str, hook: Hook) -> Delivery:
    key = key_of(parcel.reference, parcel.act, parcel.version, name)

    def load(at: datetime, _: str) -> Load:
        return Load(files=parcel.files, hand_in=lambda: post(hook, parcel.said(), key, at))

    return Delivery(channel=name, recipient="", address=urlsplit(hook.url).hostname or name, key=key, load=load)
