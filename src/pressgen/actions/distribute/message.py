"""What goes out in one act: the approved files of a version, the words round them, and what a web hook is told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pressgen.actions.approve.signed import inputs
from pressgen.actions.workspace.compose import composed
from pressgen.errors import StateForbids
from pressgen.model.artifact import Variant
from pressgen.model.moment import Moment
from pressgen.model.words import flatten
from pressgen.text.notices import embargo_mark
from pressgen.text.notices import locked as locked_notice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from pressgen.actions.workspace.folder import Desk
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Version
    from pressgen.model.standing import Standing
    from pressgen.text.notices import Notice

SENT_ALONG = (".pdf", ".docx")
"""The endings of the made files that are attached; the text is the mail's own body."""
ISSUED, WITHDRAWN = "issued", "withdrawn"
"""The act that brings a release, and that of a kill notice."""
RULE = "\n\n" + "_" * 72 + "\n\n"
BREAK = "\n\n"
EMBARGOED = "EMBARGOED"
"""What the name of an embargoed file says wherever it is saved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What goes out.

    Attributes:
        act: what is done, `issued` or `moved 2`; one act reaches each person once.
        version: its digest.
        reference, slug: of the release, and of its folder.
        headline: as printed, without dress.
        embargo: None where there is none, or no more.
        mark: how the subject says the embargo, such as `EMBARGO 00:01 GMT Thu 11 Mar`; empty where there is none.
        banner: the first line of all; empty where the house prints none.
        label: what the subject begins with, such as `CORRECTED`; empty for the release itself.
        notice: what is told before the release; None for nothing.
        language: of the release.
        body: the whole release as text; empty where none goes along.
        pages: the approved web pages of the same, for the HTML of a mail and for its looks.
        files: what is attached, by name.
        locked: whether it goes only under a password, and so to no folder and to no web hook.
    """

    act: str
    version: str
    reference: str
    slug: str
    headline: str
    embargo: datetime | None
    mark: str = ""
    banner: str = ""
    label: str = ""
    notice: Notice | None = None
    language: str = "en-GB"
    body: str = field(default="", repr=False)
    pages: tuple[str, ...] = field(default=(), repr=False)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    locked: bool = False

    def subject(self, *, locked: bool = False) -> str:
        """Return the subject of a mail, short enough to show the headline; of what is locked, the reference instead."""
        return ": ".join(filter(None, (self.label, self.mark, self.reference if locked else self.headline)))

    def text(self, line: str = "", *, locked: bool = False) -> str:
        """The body of a mail: the banner, the notice, the release; at the end the `line` of a copy."""
        body = locked_notice(self.language).text if locked and self.body else self.body
        notice = self.notice.text if self.notice else ""
        head = BREAK.join(filter(None, (self.top(locked=locked), notice)))
        told = RULE.join(filter(None, (head, body.strip("\n"))))
        return BREAK.join(filter(None, (told, line))) + "\n"

    def top(self, *, locked: bool = False) -> str:
        """Return the banner where it stands above all else; empty where the release itself begins with it."""
        begins = not locked and not self.notice and _begins_with(self.body, self.banner)
        return "" if begins else self.banner

    def said(self) -> dict[str, object]:
        """What a web hook is told; plain JSON."""
        from pressgen.actions.workspace.bundle import digest  # noqa: PLC0415 - only a web hook wants it

        return {
            "event": self.act.partition(" ")[0],
            "reference": self.reference,
            "version": self.version,
            "headline": self.headline,
            "embargo": self.embargo.isoformat() if self.embargo else None,
            "notice": self.notice.text if self.notice else "",
            "text": self.body,
            "files": {name: digest(content) for name, content in sorted(self.files.items())},
        }

    def changed(self, act: str, notice: Notice) -> Parcel:
        """The same release, sent for another reason."""
        return replace(self, act=act, label=notice.label, notice=notice)


def see_unchanged(desks: Sequence[Desk], version: Version | None, standing: Standing) -> Version:
    """The `version` of a release, if it is what lies on the desk.

    Raises:
        StateForbids: it is not: what would go out is not what somebody expects who reads the file.
    """
    if version is None or inputs(desks) != (version.data, version.house):
        raise StateForbids(
            f"{standing.reference} has changed since it was approved; see pressgen status {standing.slug}, then put it"
            " back as it was, or submit it again"
        )
    return version


def parcel(desks: Sequence[Desk], version: Version, ledger: Ledger, *, public: bool) -> Parcel:
    """The release as it is issued.

    Args:
        desks: the release as it lies on the desk, the same as in `version`, and its translations.
        version: the approved one.
        ledger: which keeps its files.
        public: whether it goes out without its embargo: because it never had one, or has no more.

    Raises:
        Refused: a kept file is not there, or not what it was.
    """
    variant = Variant.PUBLIC if public else Variant.EMBARGOED
    document = composed(desks[0], [variant])[0]
    made = {name: digest for name, digest in version.files.items() if name.startswith(f"{variant}/")}
    files = {PurePosixPath(name).name: made[name] for name in made if name.endswith(SENT_ALONG)}
    pages = [made[name] for desk in desks if (name := f"{variant}/{desk.name}.html") in made]
    texts = [ledger.fetch(made[f"{variant}/{desk.name}.txt"]).decode() for desk in desks]
    for attachment in desks[0].release.attachments:
        files[PurePosixPath(attachment.file).name] = version.data[attachment.file]
    embargo = None if public else version.embargo
    return Parcel(
        act=ISSUED,
        version=version.digest,
        reference=desks[0].release.reference,
        slug=desks[0].slug,
        headline=version.headline,
        embargo=embargo,
        mark=embargo_mark(Moment(embargo, version.zone), document.language) if embargo else "",
        banner=flatten(document.banner[0].words) if document.banner else "",
        language=document.language,
        body=RULE.join(text.strip("\n") for text in texts),
        pages=tuple(ledger.fetch(digest).decode() for digest in pages),
        files={name_file(name, embargoed=embargo is not None): ledger.fetch(digest) for name, digest in files.items()},
    )


def name_file(name: str, *, embargoed: bool) -> str:
    """Return the name under which readers get a file: `river-survey-EMBARGOED.pdf` until the lift."""
    path = PurePosixPath(name)
    return f"{path.stem}-{EMBARGOED}{path.suffix}" if embargoed else name


def _begins_with(body: str, banner: str) -> bool:
    """Whether a text begins with the banner, however its lines are wrapped."""
    return " ".join(body[: 2 * len(banner)].split()).startswith(" ".join(banner.split()))
