"""Put a corrected version in the place of the one that people have: never an edit in place, always a new one.

The new version is submitted and approved like the first. What is told of it is made from what differs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.actions.distribute.copies import Copying
from pressgen.actions.distribute.message import SENT_ALONG, name_file, parcel, see_unchanged
from pressgen.actions.distribute.preview import mails_of, write_preview
from pressgen.actions.distribute.readers import holders
from pressgen.actions.distribute.sending import Sending, Watch
from pressgen.actions.publish.changes import tell_changes
from pressgen.actions.publish.newsroom import reconcile_release
from pressgen.actions.workspace.folder import take
from pressgen.actions.workspace.office import open_ledger, stands, take_office
from pressgen.actions.workspace.permissions import acting, one_line
from pressgen.errors import MachineLacks, Refused, StateForbids
from pressgen.model.artifact import Variant
from pressgen.model.event import Corrected, Moved, Sent, Submitted
from pressgen.model.standing import IN_HAND, State
from pressgen.text.correction import Correction, changes, class_of, line_of
from pressgen.text.notices import corrected

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.distribute.deliveries import Reader
    from pressgen.actions.distribute.message import Parcel
    from pressgen.actions.workspace.folder import Desk, Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Version
    from pressgen.model.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectOrder:
    """What to say of a correction instead of what follows from the difference; how the new copies are made."""

    label: Correction | None = None
    line: str | None = None
    copying: Copying = field(default_factory=Copying)


def correct(workspace: Workspace, path: Path, order: CorrectOrder, who: str | None, watch: Watch) -> list[Sent]:
    """Send the approved correction of the release at `path` to everybody who has the release, and into the newsroom.

    Run again after a failure or a crash, it does what has not been done yet. Returns what became of each sending.

    Raises:
        StateForbids: nobody has the release, no correction is approved, or it has another embargo.
        MachineLacks: the newsroom or the ledger cannot be written, or a secret is not to be had.
    """
    office = take_office(workspace)
    actor = acting(office, who, "head", to="correct")
    office.need("at_issue")
    with open_ledger(workspace) as ledger:
        sending = Sending(workspace=workspace, office=office, ledger=ledger, actor=actor, watch=watch)
        standing = _see_correctable(stands(ledger, path))
        desks = take(workspace, workspace.root / "releases" / standing.slug)

        def readers() -> list[Reader]:
            return holders(ledger, standing, office, order.copying)

        readers()  # sees that each can have the same kind of copy, before anything is recorded
        event = _done(ledger, standing)
        version = see_unchanged(desks, standing.correction or standing.version, standing)
        if event is None:
            event = _correction(ledger, standing, order, desks)
            standing = _record(sending, standing, event)
        late = "\n".join(filter(None, [show(sending, standing), *hooks_untold(sending, standing)]))
        goods = _goods(ledger, standing, desks, version, event)
        done = sending.send(goods, readers) if standing.issued_at else []
    if late:
        raise MachineLacks(late)
    return done


def preview_correction(
    workspace: Workspace, path: Path, order: CorrectOrder, who: str | None, now: datetime, *, folder: Path | None
) -> tuple[str, str, list[Path]]:
    """Write the mails of a correction as files; nothing is sent, and nothing recorded.

    Returns: its class, its line, and the files, one for each reader.

    Raises:
        StateForbids: as `correct`.
        WrongUse, Refused: as `issuing.preview.preview`.
    """
    office = take_office(workspace)
    acting(office, who, to="look at a correction")
    office.need("at_issue")
    with open_ledger(workspace) as ledger:
        standing = _see_correctable(stands(ledger, path))
        desks = take(workspace, workspace.root / "releases" / standing.slug)
        event = _done(ledger, standing)
        version = see_unchanged(desks, standing.correction or standing.version, standing)
        event = event or _correction(ledger, standing, order, desks)
        goods = _goods(ledger, standing, desks, version, event)
        readers = holders(ledger, standing, office, order.copying) if standing.issued_at else []
        mails = list(mails_of(office, goods, readers, now))
    files = write_preview(workspace, office, folder, f"{standing.slug}/preview-correction", mails)
    return event.correction.upper(), event.line, files


def _goods(ledger: Ledger, standing: Standing, desks: list[Desk], version: Version, event: Corrected) -> Parcel:
    """The new version, with what is said of the old one."""
    goods = parcel(desks, version, ledger, public=_is_open(standing))
    superseded = _superseded(ledger, standing, event)
    notice = corrected(event.correction, version.headline, event.line, superseded, goods.language)
    return goods.changed(f"corrected {event.version}", notice)


def show(sending: Sending, standing: Standing) -> str:
    """Have the newsroom show what the ledger says of a release now; why not, or empty.

    Also where it was never public: a worker that was killed in the second of the lift may have left it there.
    """
    why = reconcile_release(sending.workspace, sending.office, sending.ledger, standing.reference, sending.watch.clock)
    return f"the newsroom still shows the old page: {why}; mend that, then run the command again" if why else ""


def hooks_untold(sending: Sending, standing: Standing) -> list[str]:
    """Tell web hooks of a change to a release that is public; which were not told, and why."""
    try:
        why = tell_changes(sending.workspace, sending.office, sending.ledger, standing.reference, sending.watch.clock)
    except Refused as refusal:
        return [str(refusal)]
    return [f"{each}; a worker tries again for a day" for each in why]


def _see_correctable(standing: Standing) -> Standing:
    """The standing of a release that somebody has."""
    if standing.state is State.WITHDRAWN:
        raise StateForbids(f"{standing.reference} is withdrawn ({standing.withdrawn}): there is nothing to correct")
    if standing.state in IN_HAND:
        slug = standing.slug
        raise StateForbids(
            f"nobody has {standing.reference} yet: change it, then pressgen submit {slug} and pressgen approve {slug}"
        )
    return standing


def _is_open(standing: Standing) -> bool:
    """Whether what takes the place of a version goes out without an embargo."""
    return bool(standing.lifted_at or standing.embargo_ended) or standing.embargo is None


def _done(ledger: Ledger, standing: Standing) -> Corrected | None:
    """The correction that is in force, where no other waits: then only what follows from it is to be finished.

    Raises:
        StateForbids: none is in force, and none waits.
    """
    if standing.correction is not None or standing.version is None:
        return None
    events = (stamp.event for stamp in ledger.entries(standing.reference))
    found = [event for event in events if isinstance(event, Corrected)]
    if not found or found[-1].version != standing.version.digest:
        slug = standing.slug
        raise StateForbids(
            f"{standing.reference} has no approved correction: change releases/{slug}/release.yaml, then pressgen"
            f" submit {slug} and pressgen approve {slug}"
        )
    return found[-1]


def _correction(ledger: Ledger, standing: Standing, order: CorrectOrder, desks: list[Desk]) -> Corrected:
    """What is to be recorded of the correction that waits.

    Raises:
        StateForbids: it has another embargo.
    """
    old, new = standing.version, standing.correction
    if old is None or new is None or (not standing.lifted_at and old.embargo != new.embargo):
        raise StateForbids(
            f"{standing.reference} would have another embargo: put the old time back, submit and approve it; the time"
            f" alone is moved with: pressgen move {standing.slug}"
        )
    found = [
        change for desk in desks for change in changes(*(_text(ledger, version, desk.name) for version in (old, new)))
    ]
    label = order.label or class_of(found)
    language = desks[0].release.language or desks[0].house.house.language
    line = line_of(found, language) if order.line is None else one_line(order.line, "--line")
    return Corrected(version=new.digest, correction=label, line=line, supersedes=old.digest)


def _text(ledger: Ledger, version: Version, name: str) -> str:
    """The public text of a version in one language; empty where it had none in it."""
    digest = version.files.get(f"public/{name}.txt")
    return ledger.fetch(digest).decode() if digest else ""


def _record(sending: Sending, before: Standing, event: Corrected) -> Standing:
    with sending.ledger.exclusive(before.reference, before.slug) as turn:
        _see_correctable(turn.standing)
        if (turn.standing.version, turn.standing.correction) != (before.version, before.correction):
            raise StateForbids(f"{before.reference} was changed by somebody else meanwhile; see pressgen status")
        turn.append(event, actor=sending.actor, at=sending.watch.clock())
        return turn.standing


def _superseded(ledger: Ledger, standing: Standing, event: Corrected) -> dict[str, str]:
    """The files of the version that no longer holds, under the names that readers got them by: name → SHA-256.

    Of marked copies, each reader's has another digest, which the notice says.
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
