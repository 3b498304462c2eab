"""Write notices to people who have a release.

They say that its embargo has moved or ended, or that it was corrected or withdrawn. Notices are in the language of the
release if `notice_languages` has it. What people write themselves (a reason, a correction line) is not changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.model.moment import Moment
from pressgen.text.dates import format_moment, get_zone_name
from pressgen.text.mail import wrap_text
from pressgen.text.notice_languages import get_notice_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class MailNotice:
    """A notice to people who have a release, as text and HTML.

    Attributes:
        language: of the words.
        title: its heading; empty for none.
        paragraphs: each a line, or several that stay lines.
        lines: the end of the notice, which is not wrapped.
        label: how the subject of the mail begins; empty for nothing.
    """

    language: str
    title: str = ""
    paragraphs: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    label: str = ""

    @property
    def text(self) -> str:
        """The whole as plain text, 72 columns; `lines` are not wrapped."""
        paragraphs = [*filter(None, [self.title]), *self.paragraphs]
        parts = ["\n".join(map(wrap_text, each.split("\n"))) for each in paragraphs]
        return "\n\n".join([*parts, *(["\n".join(self.lines)] if self.lines else [])])


def format_notice_time(moment: Moment, language: str = "en-GB") -> str:
    """Format a moment for notices, in its own zone and UTC.

    Example: `00:01 BST on Wednesday 8 May 2019 (23:01 UTC, Tuesday 7 May)`.
    """
    words, utc = get_notice_words(language), Moment(moment.instant, "UTC")
    return words.when.format(
        time=format_moment(moment, "HH:mm", words.language),
        zone=get_zone_name(moment),
        day=format_moment(moment, words.day, words.language),
        utc=format_moment(utc, "HH:mm", words.language),
        utc_day=format_moment(utc, words.utc_day, words.language),
    )


def format_embargo_mark(moment: Moment, language: str) -> str:
    """Format an embargo for a subject: `EMBARGO 00:01 GMT Thu 11 Mar`."""
    word = get_notice_words(language).embargo
    return (
        f"{word} {format_moment(moment, 'HH:mm', language)} {get_zone_name(moment)}"
        f" {format_moment(moment, 'EEE d MMM', language)}"
    )


def make_move_notice(
    number: int, headline: str, times: tuple[Moment, Moment], reason: str, language: str
) -> MailNotice:
    """Return the numbered advisory that an embargo has moved.

    `times` are the old time and the new one.
    """
    words, (was, now) = get_notice_words(language), times
    return MailNotice(
        language=words.language,
        title=words.moved_title.format(number=number),
        paragraphs=(
            words.moved_to.format(headline=headline, when=format_notice_time(now, language)),
            words.moved_from.format(when=format_notice_time(was, language)),
            words.reason.format(reason=reason),
            words.replaces,
        ),
        label=words.moved_label.format(number=number),
    )


def make_lift_notice(embargo: Moment | None, address: str, language: str) -> MailNotice:
    """Return the notice that a release is public, with its address."""
    words = get_notice_words(language)
    lead = words.over.format(when=format_notice_time(embargo, language)) if embargo else words.public
    return MailNotice(language=words.language, paragraphs=(f"{lead}\n{address}",))


def make_early_lift_notice(headline: str, was: Moment | None, address: str, line: str, language: str) -> MailNotice:
    """Return the notice that an embargo has ended before its time.

    It gives a reason only if `line` does.

    Args:
        headline: as printed, without formatting.
        was: when the embargo would have ended; None if the readers did not know of one.
        address: of the public page.
        line: of the office's own; empty for none.
        language: of the release.
    """
    words = get_notice_words(language)
    held = " " + words.ended_early.format(when=format_notice_time(was, language)) if was else ""
    ended = words.ended.format(headline=headline) + held
    return MailNotice(
        language=words.language,
        title=words.ended_title,
        paragraphs=(ended, *([line] if line else []), f"{words.here}\n{address}"),
        label=words.ended_title,
    )


def make_correction_notice(
    kind: str, headline: str, line: str, superseded: Mapping[str, str], language: str
) -> MailNotice:
    """Return the notice of a correction.

    It has the class, the correction line, and the SHA-256 of the files that are no longer valid.
    """
    words = get_notice_words(language)
    named = {"corrected": words.corrected, "refile": words.refile, "repeat": words.repeat}
    title = named.get(kind, kind.upper())
    return MailNotice(
        language=words.language,
        title=title,
        paragraphs=(
            words.correction.format(headline=headline, line=line.removesuffix(".")),
            words.replaces,
            words.no_longer,
        ),
        lines=tuple(f"{digest}  {name}" for name, digest in sorted(superseded.items())),
        label=title,
    )


def make_review_notice(number: int, headline: str, reference: str, files: Sequence[str], language: str) -> MailNotice:
    """Return the notice to an editor that goes with review copies."""
    words = get_notice_words(language)
    return MailNotice(
        language=words.language,
        title=words.review_title,
        paragraphs=(
            words.draft.format(headline=headline, reference=reference, number=number),
            words.change,
            words.attached.format(files=", ".join(files)),
        ),
        label=words.review_label.format(number=number),
    )


def make_kill_notice(headline: str, reference: str, reason: str, language: str) -> MailNotice:
    """Return the notice that a release is withdrawn."""
    words = get_notice_words(language)
    return MailNotice(
        language=words.language,
        title=words.withdrawn_title,
        paragraphs=(
            words.withdrawn.format(headline=headline, reference=reference),
            words.take_down,
            words.reason.format(reason=reason),
            words.delete,
        ),
        label=words.withdrawn_label,
    )


def make_locked_notice(language: str) -> MailNotice:
    """Return the mail text for a release in a locked PDF."""
    words = get_notice_words(language)
    return MailNotice(language=words.language, paragraphs=(words.locked,))
