"""The status of a release.

It has the standing, the signatures, and the changes since then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.actions.approve.speaker_clearances import SpeakerClearance
    from pressgen.actions.approve.version_changes import VersionChange
    from pressgen.model.standing import Bounce, Failure, Signature, Standing


@dataclass(frozen=True, slots=True)
class SignatureStatus:
    """Somebody's signature to a version, and what has changed since."""

    signature: Signature
    changes: tuple[VersionChange, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusReport:
    """The status of a release: its standing, signatures and problems.

    Attributes:
        standing: from the ledger; without a reference if the ledger does not know the release.
        overdue: whether it should have been lifted by now.
        signatures: who signed it.
        speakers: how far the words of each are cleared.
        failures: failures that nobody has repaired.
        bounces: the mails that came back.
        zone: the IANA zone of its times, from the data if no version has it; empty where it is not known.
        second_look: who gives the second look that it owes; empty where none is owed, or the office cannot be read.
        handed: where it was issued to without a mail, by channel: files in a folder, or a web hook.
        problems: why its data cannot be read or built at present; a line each.
    """

    standing: Standing
    overdue: bool = False
    signatures: tuple[SignatureStatus, ...] = ()
    speakers: tuple[SpeakerClearance, ...] = ()
    failures: Sequence[Failure] = ()
    bounces: Sequence[Bounce] = ()
    second_look: str = ""
    handed: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    zone: str = ""
