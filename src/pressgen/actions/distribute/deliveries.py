"""The deliveries of one message.

They are a mail to each reader, files for a folder, and a call of a web hook.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pressgen.actions.distribute.message import create_html_part_writer
from pressgen.actions.distribute.office_channels import (
    build_unsubscribe_options,
    create_mail_sender,
    create_webhook,
    get_sender_mailbox,
    resolve_channel_folder,
)
from pressgen.actions.distribute.reader_copies import (
    CopyOptions,
    compute_delivery_key,
    create_reader_copy,
    format_visible_line,
)
from pressgen.channels.folder import list_published_files, publish_files
from pressgen.channels.letter import Letter, Mailbox
from pressgen.channels.safe_folder import Access
from pressgen.channels.webhook import post_to_webhook
from pressgen.model.office import FolderChannel, GraphChannel, MailChannel, WebhookChannel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import ExitStack
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.distribute.message import OutgoingMessage
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.channels.checked_mail import MailSender
    from pressgen.channels.outcome import DeliveryOutcome
    from pressgen.channels.webhook import Webhook
    from pressgen.model.office import Office, OfficeDetails

TEXT = "release.txt"
"""The name of the whole text in a folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A person to whom a release is sent.

    Attributes:
        id: on a list of the office.
        holder: name and outlet, as printed on a marked copy.
        answers: the key of the mail that this one follows up; empty for none.
        locked: whether this person's earlier copy is locked with a password.
        copying: how the copy is made.
    """

    id: str
    name: str
    holder: str
    address: str
    answers: str = ""
    locked: bool = False
    copying: CopyOptions = field(default_factory=CopyOptions)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedDelivery:
    """A delivery ready to be handed in: its files, and the call.

    It can be handed in as often as necessary.
    """

    files: Mapping[str, bytes] = field(repr=False)
    hand_in: Callable[[], DeliveryOutcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One delivery: a mail, files for a folder, or a webhook call.

    Attributes:
        recipient: the id of the reader; empty for a channel without any.
        key: identifies it at every attempt.
        remark: the ledger's remark on the copy; empty for the approved files.
        load: prepares it for an instant and a return path; an empty one means the office's own.
    """

    channel: str
    recipient: str
    address: str
    key: str
    remark: str = ""
    load: Callable[[datetime, str], PreparedDelivery]


def plan_deliveries(
    workspace: Workspace,
    office: Office,
    channels: Sequence[str],
    message: OutgoingMessage,
    readers: Sequence[Reader],
    sessions: ExitStack,
) -> list[Delivery]:
    """List the deliveries that a message needs on some channels.

    Args:
        workspace: has the channels' folders and secrets.
        office: has the channels.
        channels: their names.
        message: the message.
        readers: who gets it by mail.
        sessions: keeps the mail servers' sessions open.

    Raises:
        EnvironmentFailureError: a secret is missing.
    """
    made: list[Delivery] = []
    for name in channels:
        match office.channels[name]:
            case MailChannel() | GraphChannel() as channel:
                way = sessions.enter_context(create_mail_sender(workspace, name, channel))
                write = create_letter_writer(message, name, office.office)
                made += [_plan_mail(message, name, each, way, write) for each in readers]
            case FolderChannel() as channel:
                made.append(_plan_folder_delivery(message, name, resolve_channel_folder(workspace, channel)))
            case WebhookChannel() as channel:
                made.append(_plan_webhook_delivery(message, name, create_webhook(workspace, name, channel)))
    return made


def _create_html_writer(message: OutgoingMessage, locked: bool) -> Callable[[str], str]:  # noqa: FBT001 - it is a key of a cache
    return create_html_part_writer(message, locked=locked)


def create_letter_writer(
    message: OutgoingMessage, name: str, office: OfficeDetails
) -> Callable[[Reader, datetime], Letter]:
    """Return a function that writes the mail to a reader.

    The mail goes by the channel `name`; only its header Date depends on the time.
    """
    html = cache(partial(_create_html_writer, message))

    def write(reader: Reader, at: datetime) -> Letter:
        key = _compute_mail_key(message, name, reader)
        locked = reader.copying.password is not None
        leave = build_unsubscribe_options(office, reader.address, key)
        line = format_visible_line(key, reader.holder) if reader.copying.remark else ""
        return Letter(
            sender=get_sender_mailbox(office),
            to=Mailbox(reader.name, reader.address),
            subject=message.subject(locked=locked),
            text=message.text(line, locked=locked),
            html=html(locked)(line),
            files=create_reader_copy(message.files, key, reader.holder, reader.copying),
            key=key,
            answers=reader.answers,
            reply_to=office.reply_to or "",
            unsubscribe=leave.addresses,
            one_click=leave.one_click,
            at=at,
        )

    return write


def compute_channel_key(message: OutgoingMessage, name: str) -> str:
    """Return the key of the delivery to a folder or web hook."""
    return compute_delivery_key(message.reference, message.act, message.version, name)


def _plan_mail(
    message: OutgoingMessage, name: str, reader: Reader, way: MailSender, write: Callable[[Reader, datetime], Letter]
) -> Delivery:
    def load(at: datetime, return_path: str) -> PreparedDelivery:
        letter = replace(write(reader, at), return_path=return_path)
        return PreparedDelivery(files=letter.files, hand_in=lambda: way.send(letter))

    return Delivery(
        channel=name,
        recipient=reader.id,
        address=reader.address,
        key=_compute_mail_key(message, name, reader),
        remark=reader.copying.remark,
        load=load,
    )


def _compute_mail_key(message: OutgoingMessage, name: str, reader: Reader) -> str:
    return compute_delivery_key(message.reference, message.act, message.version, name, reader.address)


def _plan_folder_delivery(message: OutgoingMessage, name: str, folder: Path) -> Delivery:
    """Plan the files of a message in the release's own subfolder.

    Files of earlier versions are removed from it.
    """

    def load(_: datetime, __: str) -> PreparedDelivery:
        files = {**message.files, TEXT: message.text().encode()}
        placed = {f"{message.slug}/{each}": content for each, content in files.items()}
        gone: list[str] = []
        with suppress(OSError):  # `publish_files` reports faults of the folder
            there = list_published_files(folder, message.slug)
            gone = [each for each in there if each not in placed and "/." not in each]
        return PreparedDelivery(files=files, hand_in=lambda: publish_files(folder, placed, gone, Access.FOLDER))

    return Delivery(channel=name, recipient="", address=message.slug, key=compute_channel_key(message, name), load=load)


def _plan_webhook_delivery(message: OutgoingMessage, name: str, hook: Webhook) -> Delivery:
    key = compute_channel_key(message, name)

    def load(at: datetime, _: str) -> PreparedDelivery:
        return PreparedDelivery(files=message.files, hand_in=lambda: post_to_webhook(hook, message.said(), key, at))

    return Delivery(channel=name, recipient="", address=urlsplit(hook.url).hostname or name, key=key, load=load)
