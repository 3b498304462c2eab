"""What is to be said of a release: where it stands, who put his name to it, and what has changed since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.actions.approve.changes import Change
    from pressgen.actions.approve.clearance import SpeakerState
    from pressgen.model.standing import Bounce, Failure, Signature, Standing


@dataclass(frozen=True, slots=True)
class Signed:
    """Somebody's name to a version, and what has changed since."""

    signature: Signature
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A release as it stands.

    Attributes:
        standing: what the ledger says; of a release that it does not know, without a reference.
        overdue: whether it should have been lifted by now.
        signatures: who put his name to it.
        speakers: how far the words of each are cleared.
        failures: what failed and has not been made good.
        bounces: the mails that came back.
        zone: the IANA zone of its times, where the data say it and no version does; empty where it is not known.
        problems: why its data cannot be read, or made into files, at present; a line each.
    """

    standing: Standing
    overdue: bool = False
    signatures: tuple[Signed, ...] = ()
    speakers: tuple[SpeakerState, ...] = ()
    failures: Sequence[Failure] = ()
    bounces: Sequence[Bounce] = ()
    problems: tuple[str, ...] = ()
    zone: str = ""
