"""Replace the version that people have by a corrected one.

It is never an edit in place, always a new version, submitted and approved like the first. The notice is composed from
the differences.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.actions.distribute.message import SENT_ALONG, compose_message, name_file, require_unchanged
from pressgen.actions.distribute.message_sender import MessageSender, SendOptions
from pressgen.actions.distribute.preview import create_mail_previews, write_previews
from pressgen.actions.distribute.reader_copies import CopyOptions
from pressgen.actions.distribute.release_holders import list_holders_to_update
from pressgen.actions.publish.change_notices import send_change_notices
from pressgen.actions.publish.newsroom_folder import reconcile_release
from pressgen.actions.workspace.folder import load_release
from pressgen.actions.workspace.office import load_office, open_ledger, require_standing
from pressgen.actions.workspace.permissions import authorise_actor, require_one_line
from pressgen.errors import EnvironmentFailureError, InputError, StateError
from pressgen.model.artifact import Variant
from pressgen.model.event import Corrected, Moved, Sent, Submitted
from pressgen.model.standing import IN_HAND, State
from pressgen.text.correction import CorrectionClass, classify_correction, find_word_changes, format_correction_line
from pressgen.text.notices import make_correction_notice

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.distribute.deliveries import Reader
    from pressgen.actions.distribute.message import OutgoingMessage
    from pressgen.actions.workspace.folder import LoadedRelease, Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Version
    from pressgen.model.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRequest:
    """The wording of a correction, and how its copies are made.

    Without wording, it is composed from the differences.
    """

    label: CorrectionClass | None = None
    line: str | None = None
    copying: CopyOptions = field(default_factory=CopyOptions)


def correct_release(
    workspace: Workspace, path: Path, order: CorrectionRequest, who: str | None, watch: SendOptions
) -> list[Sent]:
    """Send the approved correction to all readers and to the newsroom.

    A second run after a failure or a crash does only what is left. Returns the result of each sending.

    Raises:
        StateError: nobody has the release, no correction is approved, or it has another embargo.
        EnvironmentFailureError: the newsroom or the ledger cannot be written, or a secret is missing.
    """
    office = load_office(workspace)
    actor = authorise_actor(office, who, "head", to="correct")
    office.need("at_issue")
    with open_ledger(workspace) as ledger:
        sending = MessageSender(workspace=workspace, office=office, ledger=ledger, actor=actor, watch=watch)
        standing = _require_correctable(require_standing(ledger, path))
        languages = load_release(workspace, workspace.root / "releases" / standing.slug)

        def readers() -> list[Reader]:
            return list_holders_to_update(ledger, standing, office, order.copying)

        readers()  # checks that each can have the same kind of copy, before recording
        event = _find_current_correction(ledger, standing)
        version = require_unchanged(languages, standing.correction or standing.version, standing)
        if event is None:
            event = _create_correction(ledger, standing, order, languages)
            standing = _record_correction(sending, standing, event)
        late = "\n".join(filter(None, [update_newsroom(sending, standing), *notify_webhooks(sending, standing)]))
        goods = _compose_correction(ledger, standing, languages, version, event)
        done = sending.send(goods, readers) if standing.issued_at else []
    if late:
        raise EnvironmentFailureError(late)
    return done


def preview_correction(
    workspace: Workspace, path: Path, order: CorrectionRequest, who: str | None, now: datetime, *, folder: Path | None
) -> tuple[str, str, list[Path]]:
    """Write the mails of a correction as files, without sending them.

    Nothing is recorded.

    Returns: its class, its line, and the files, one for each reader.

    Raises:
        StateError: as `correct_release`.
        UsageError, InputError: as `distribute.preview.preview_issue`.
    """
    office = load_office(workspace)
    authorise_actor(office, who, to="look at a correction")
    office.need("at_issue")
    with open_ledger(workspace) as ledger:
        standing = _require_correctable(require_standing(ledger, path))
        languages = load_release(workspace, workspace.root / "releases" / standing.slug)
        event = _find_current_correction(ledger, standing)
        version = require_unchanged(languages, standing.correction or standing.version, standing)
        event = event or _create_correction(ledger, standing, order, languages)
        goods = _compose_correction(ledger, standing, languages, version, event)
        readers = list_holders_to_update(ledger, standing, office, order.copying) if standing.issued_at else []
        mails = list(create_mail_previews(office, goods, readers, now))
    files = write_previews(workspace, office, folder, f"{standing.slug}/preview-correction", mails)
    return event.correction.upper(), event.line, files


def _compose_correction(
    ledger: Ledger, standing: Standing, languages: list[LoadedRelease], version: Version, event: Corrected
) -> OutgoingMessage:
    """Compose the message with the new version and the correction notice."""
    goods = compose_message(languages, version, ledger, public=_is_without_embargo(standing))
    superseded = _list_superseded_files(ledger, standing, event)
    notice = make_correction_notice(event.correction, version.headline, event.line, superseded, goods.language)
    return goods.changed(f"corrected {event.version}", notice)


def update_newsroom(sending: MessageSender, standing: Standing) -> str:
    """Update the newsroom from the ledger; return any failure.

    It is updated even if the release was never public: a worker that was killed in the second of the lift may have left
    it there.
    """
    why = reconcile_release(sending.workspace, sending.office, sending.ledger, standing.reference, sending.watch.clock)
    return f"the newsroom still shows the old page: {why}; fix that, then run the command again" if why else ""


def notify_webhooks(sending: MessageSender, standing: Standing) -> list[str]:
    """Send web hooks a change of a public release; return failures."""
    try:
        why = send_change_notices(
            sending.workspace, sending.office, sending.ledger, standing.reference, sending.watch.clock
        )
    except InputError as refusal:
        return [str(refusal)]
    return [f"{each}; a worker tries again for a day" for each in why]


def _require_correctable(standing: Standing) -> Standing:
    """Return the standing of a release, if there is something to correct."""
    if standing.state is State.WITHDRAWN:
        raise StateError(f"{standing.reference} is withdrawn ({standing.withdrawn}): there is nothing to correct")
    if standing.state in IN_HAND:
        slug = standing.slug
        raise StateError(
            f"nobody has {standing.reference} yet: change it, then pressgen submit {slug} and pressgen approve {slug}"
        )
    return standing


def _is_without_embargo(standing: Standing) -> bool:
    """Return whether the new version goes out without an embargo."""
    return bool(standing.lifted_at or standing.embargo_ended) or standing.embargo is None


def _find_current_correction(ledger: Ledger, standing: Standing) -> Corrected | None:
    """Return the correction in force, if no other one waits.

    Then only the rest of it is left to be done.

    Raises:
        StateError: none is in force, and none waits.
    """
    if standing.correction is not None or standing.version is None:
        return None
    events = (stamp.event for stamp in ledger.entries(standing.reference))
    found = [event for event in events if isinstance(event, Corrected)]
    if not found or found[-1].version != standing.version.digest:
        slug = standing.slug
        raise StateError(
            f"{standing.reference} has no approved correction: change releases/{slug}/release.yaml, then pressgen"
            f" submit {slug} and pressgen approve {slug}"
        )
    return found[-1]


def _create_correction(
    ledger: Ledger, standing: Standing, order: CorrectionRequest, languages: list[LoadedRelease]
) -> Corrected:
    """Return the event that records the waiting correction.

    Raises:
        StateError: it has another embargo.
    """
    old, new = standing.version, standing.correction
    if old is None or new is None or (not standing.lifted_at and old.embargo != new.embargo):
        raise StateError(
            f"{standing.reference} has a different embargo now: put the old time back, submit and approve it;"
            " to move only the time:"
            f" pressgen move {standing.slug}"
        )
    found = [
        change
        for loaded in languages
        for change in find_word_changes(*(_fetch_public_text(ledger, version, loaded.name) for version in (old, new)))
    ]
    label = order.label or classify_correction(found)
    language = languages[0].release.language or languages[0].house.house.language
    line = format_correction_line(found, language) if order.line is None else require_one_line(order.line, "--line")
    return Corrected(version=new.digest, correction=label, line=line, supersedes=old.digest)


def _fetch_public_text(ledger: Ledger, version: Version, name: str) -> str:
    """Return a version's public text in one language; empty for none."""
    digest = version.files.get(f"public/{name}.txt")
    return ledger.fetch(digest).decode() if digest else ""


def _record_correction(sending: MessageSender, before: Standing, event: Corrected) -> Standing:
    with sending.ledger.exclusive(before.reference, before.slug) as transaction:
        _require_correctable(transaction.standing)
        if (transaction.standing.version, transaction.standing.correction) != (before.version, before.correction):
            raise StateError(f"{before.reference} was changed by somebody else in the meantime; see pressgen status")
        transaction.append(event, actor=sending.actor, at=sending.watch.clock())
        return transaction.standing


def _list_superseded_files(ledger: Ledger, standing: Standing, event: Corrected) -> dict[str, str]:
    """Return the files of the old version as readers know them.

    Their SHA-256 is given by name. In marked copies, each reader's file has another digest, which the notice says.
    """
    events = [stamp.event for stamp in ledger.entries(standing.reference)]
    versions = (each.version for each in events if isinstance(each, Submitted | Moved))
    old = next((each for each in versions if each.digest == event.supersedes), None)
    sent = {
        name for each in events if isinstance(each, Sent) and each.version == event.supersedes for name in each.files
    }
    found: dict[str, str] = {}
    for path, digest in (old.files if old else {}).items():
        variant, _, base = path.partition("/")
        name = name_file(base, embargoed=variant == Variant.EMBARGOED)
        if path.endswith(SENT_ALONG) and (name in sent or (variant == Variant.PUBLIC and standing.public_since)):
            found[name] = digest
    return found
