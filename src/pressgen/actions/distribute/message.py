"""A message to readers and channels.

It has the approved files of a version, the text around them, the HTML part of the mail, and the data for web hooks.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pressgen.actions.approve.signed_version import hash_inputs
from pressgen.actions.workspace.compose import compose_release
from pressgen.errors import InputError, StateError
from pressgen.model.artifact import Variant
from pressgen.model.moment import Moment
from pressgen.model.words import flatten
from pressgen.text.notices import format_embargo_mark
from pressgen.text.notices import make_locked_notice as locked_notice

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from pressgen.actions.workspace.folder import LoadedRelease
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Version
    from pressgen.model.standing import Standing
    from pressgen.text.notices import MailNotice


SENT_ALONG = (".pdf", ".docx")
"""The endings of the built files that are attached; the text is the mail's own body."""
ISSUED, WITHDRAWN = "issued", "withdrawn"
"""The act that issues a release, and that of a kill notice."""
RULE = "\n\n" + "_" * 72 + "\n\n"
BREAK = "\n\n"
EMBARGOED = "EMBARGOED"
"""The word in the name of an embargoed file, wherever it is saved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMessage:
    """A message to readers and channels: notice, text and files.

    Attributes:
        act: the reason, `issued` or `moved 2`; one act reaches each person once.
        version: the digest of the version.
        reference, slug: of the release, and of its folder.
        headline: as printed, without markup.
        embargo: None where there is none, or no more.
        mark: the embargo in the subject, for example `EMBARGO 00:01 GMT Thu 11 Mar`; empty where there is none.
        banner: the first line of all; empty where the house prints none.
        label: the start of the subject, for example `CORRECTED`; empty for the release itself.
        notice: comes before the release; None for nothing.
        language: of the release.
        body: the whole release as text; empty where none goes along.
        pages: the approved web pages of the same, for the HTML of a mail and for its looks.
        files: the attachments, by name.
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
    notice: MailNotice | None = None
    language: str = "en-GB"
    body: str = field(default="", repr=False)
    pages: tuple[str, ...] = field(default=(), repr=False)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    locked: bool = False

    def subject(self, *, locked: bool = False) -> str:
        """Return the subject of a mail.

        It is short enough to show the headline; a locked message has the reference instead.
        """
        return ": ".join(filter(None, (self.label, self.mark, self.reference if locked else self.headline)))

    def text(self, line: str = "", *, locked: bool = False) -> str:
        """Return the body of a mail.

        It has the banner, the notice, the release, and at the end the `line` of a copy.
        """
        body = locked_notice(self.language).text if locked and self.body else self.body
        notice = self.notice.text if self.notice else ""
        head = BREAK.join(filter(None, (self.top(locked=locked), notice)))
        told = RULE.join(filter(None, (head, body.strip("\n"))))
        return BREAK.join(filter(None, (told, line))) + "\n"

    def top(self, *, locked: bool = False) -> str:
        """Return the banner above the mail's text.

        It is empty where the release itself begins with it.
        """
        begins = not locked and not self.notice and _starts_with_banner(self.body, self.banner)
        return "" if begins else self.banner

    def said(self) -> dict[str, object]:
        """Return the data for a web hook, as plain JSON."""
        from pressgen.actions.workspace.bundle import hash_content

        return {
            "event": self.act.partition(" ")[0],
            "reference": self.reference,
            "version": self.version,
            "headline": self.headline,
            "embargo": self.embargo.isoformat() if self.embargo else None,
            "notice": self.notice.text if self.notice else "",
            "text": self.body,
            "files": {name: hash_content(content) for name, content in sorted(self.files.items())},
        }

    def changed(self, act: str, notice: MailNotice) -> OutgoingMessage:
        """Return the same release as a message for another reason."""
        return replace(self, act=act, label=notice.label, notice=notice)


def require_unchanged(languages: Sequence[LoadedRelease], version: Version | None, standing: Standing) -> Version:
    """Return the `version` of a release, unless its source has changed since.

    Raises:
        StateError: the source has changed, so that its readers expect something else than what would go out.
    """
    inputs = hash_inputs(languages)
    if version is None or inputs != (version.data, version.house):
        if (waiting := standing.correction) and inputs == (waiting.data, waiting.house):
            raise StateError(
                f"{standing.reference} has an approved correction that was not sent yet; send it first: pressgen"
                f" correct {standing.slug}"
            )
        if (waiting := standing.proposed) and inputs == (waiting.data, waiting.house):
            raise StateError(
                f"{standing.reference} has changed, and the change is submitted, but not approved; approve it first:"
                f" pressgen approve {standing.slug}"
            )
        raise StateError(
            f"{standing.reference} has changed since it was approved; see pressgen status {standing.slug}, then put it"
            " back as it was, or submit it again"
        )
    return version


def compose_message(
    languages: Sequence[LoadedRelease], version: Version, ledger: Ledger, *, public: bool
) -> OutgoingMessage:
    """Compose the message that issues an approved version of a release.

    Args:
        languages: the loaded release, the same as in `version`, and its translations.
        version: the approved one.
        ledger: keeps its files.
        public: whether it goes out without its embargo: because it never had one, or has no more.

    Raises:
        InputError: a kept file is missing, or was changed.
    """
    variant = Variant.PUBLIC if public else Variant.EMBARGOED
    document = compose_release(languages[0], [variant])[0]
    made = {name: digest for name, digest in version.files.items() if name.startswith(f"{variant}/")}
    files = {PurePosixPath(name).name: made[name] for name in made if name.endswith(SENT_ALONG)}
    pages = [made[name] for loaded in languages if (name := f"{variant}/{loaded.name}.html") in made]
    texts = [ledger.fetch(made[f"{variant}/{loaded.name}.txt"]).decode() for loaded in languages]
    for attachment in languages[0].release.attachments:
        files[PurePosixPath(attachment.file).name] = version.data[attachment.file]
    embargo = None if public else version.embargo
    return OutgoingMessage(
        act=ISSUED,
        version=version.digest,
        reference=languages[0].release.reference,
        slug=languages[0].slug,
        headline=version.headline,
        embargo=embargo,
        mark=format_embargo_mark(Moment(embargo, version.zone), document.language) if embargo else "",
        banner=flatten(document.banner[0].words) if document.banner else "",
        language=document.language,
        body=RULE.join(text.strip("\n") for text in texts),
        pages=tuple(ledger.fetch(digest).decode() for digest in pages),
        files={name_file(name, embargoed=embargo is not None): ledger.fetch(digest) for name, digest in files.items()},
    )


def name_file(name: str, *, embargoed: bool) -> str:
    """Return a file's name for readers; it says EMBARGOED until the lift.

    An example: `river-survey-EMBARGOED.pdf`.
    """
    path = PurePosixPath(name)
    return f"{path.stem}-{EMBARGOED}{path.suffix}" if embargoed else name


def _starts_with_banner(body: str, banner: str) -> bool:
    """Return whether a text begins with the banner, however it is wrapped."""
    return " ".join(body[: 2 * len(banner)].split()).startswith(" ".join(banner.split()))


ENGLISH = "en-GB"


def fetch_approved_pages(ledger: Ledger, version: Version | None) -> tuple[str, ...]:
    """Return the approved public web pages of a version.

    The release comes before its translations. It returns none where the ledger has lost one: a notice must go out in
    any case, and the pages only give it its look and language.
    """
    files = version.files if version else {}
    names = [name for name in files if name.startswith("public/") and name.endswith(".html")]
    try:
        return tuple(ledger.fetch(files[name]).decode() for name in sorted(names, key=len))
    except InputError:
        return ()


def read_page_language(pages: tuple[str, ...]) -> str:
    """Return the language of the first page; British English without pages."""
    from pressgen.render.mail_html import make_release_part

    return make_release_part(pages[0]).language if pages else ENGLISH


def create_html_part_writer(message: OutgoingMessage, *, locked: bool = False) -> Callable[[str], str]:
    """Return the function that writes the HTML part of each mail.

    That function takes the line of the copy. It returns nothing where the version has no page (an older pressgen
    approved it), and where the page of the house says something else than its `mail.txt`: then the text goes alone.
    """
    from pressgen.channels.html_words import find_word_differences
    from pressgen.render import mail_html as mail
    from pressgen.text.notices import make_locked_notice

    if not message.pages:
        return lambda _: ""
    pages = [mail.make_release_part(page) for page in message.pages]
    looks = pages[0].looks
    head = [mail.make_banner_part(message.language, top, looks)] if (top := message.top(locked=locked)) else []
    if message.notice:
        head.append(mail.make_notice_part(message.notice, looks))
    body = [mail.make_notice_part(make_locked_notice(message.language), looks)] if locked else pages
    body = body if message.body else []
    ruled = [False] * len(head) + [bool(head) or index > 0 for index in range(len(body))]
    whole = mail.format_mail_html(message.subject(locked=locked), [*head, *body], ruled)
    if find_word_differences(whole + mail.END, message.text(locked=locked)):
        return lambda _: ""
    return lambda line: str(whole + mail.format_copy_line(line) + mail.END)
