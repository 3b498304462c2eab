"""What an office writes to those who have a release: its embargo moved or ended, it was corrected, or withdrawn.

In the language of the release, as far as `notice_languages` has it; what people write themselves (a reason, the line
of a correction) stands as they wrote it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.model.moment import Moment
from pressgen.text.dates import shown, zone_name
from pressgen.text.mail import wrapped
from pressgen.text.notice_languages import notice_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What is told, for a text and for HTML.

    Attributes:
        language: of the words.
        title: its heading; empty for none.
        paragraphs: each a line, or several that stay lines.
        lines: what stands at the end, as it is.
        label: what the subject of the mail begins with; empty for nothing.
    """

    language: str
    title: str = ""
    paragraphs: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    label: str = ""

    @property
    def text(self) -> str:
        """The whole as plain text, 72 columns; `lines` are not wrapped."""
        told = [*filter(None, [self.title]), *self.paragraphs]
        parts = ["\n".join(map(wrapped, each.split("\n"))) for each in told]
        return "\n\n".join([*parts, *(["\n".join(self.lines)] if self.lines else [])])


def when(moment: Moment, language: str = "en-GB") -> str:
    """An hour as notices say it: `00:01 BST on Wednesday 8 May 2019 (23:01 UTC, Tuesday 7 May)`."""
    words, utc = notice_words(language), Moment(moment.instant, "UTC")
    return words.when.format(
        time=shown(moment, "HH:mm", words.language),
        zone=zone_name(moment),
        day=shown(moment, words.day, words.language),
        utc=shown(utc, "HH:mm", words.language),
        utc_day=shown(utc, words.utc_day, words.language),
    )


def embargo_mark(moment: Moment, language: str) -> str:
    """Return an embargo as a subject says it in a language: `EMBARGO 00:01 GMT Thu 11 Mar`."""
    word = notice_words(language).embargo
    return f"{word} {shown(moment, 'HH:mm', language)} {zone_name(moment)} {shown(moment, 'EEE d MMM', language)}"


def moved(number: int, headline: str, times: tuple[Moment, Moment], reason: str, language: str) -> Notice:
    """The advisory of that number that the embargo of a release moved from the first of `times` to the second."""
    words, (was, now) = notice_words(language), times
    return Notice(
        language=words.language,
        title=words.moved_title.format(number=number),
        paragraphs=(
            words.moved_to.format(headline=headline, when=when(now, language)),
            words.moved_from.format(when=when(was, language)),
            words.reason.format(reason=reason),
            words.replaces,
        ),
        label=words.moved_label.format(number=number),
    )


def now_public(embargo: Moment | None, address: str, language: str) -> Notice:
    """What those who have a release are told at its lift: that it is public, and its `address`."""
    words = notice_words(language)
    lead = words.over.format(when=when(embargo, language)) if embargo else words.public
    return Notice(language=words.language, paragraphs=(f"{lead}\n{address}",))


def embargo_ended(headline: str, was: Moment | None, address: str, line: str, language: str) -> Notice:
    """What those who have a release are told when its embargo was ended before its hour; not why, unless `line` does.

    Args:
        headline: as printed, without dress.
        was: when the embargo would have ended; None where they were told of none.
        address: of the public page.
        line: of the office's own; empty for none.
        language: of the release.
    """
    words = notice_words(language)
    held = " " + words.ended_early.format(when=when(was, language)) if was else ""
    told = words.ended.format(headline=headline) + held
    return Notice(
        language=words.language,
        title=words.ended_title,
        paragraphs=(told, *([line] if line else []), f"{words.here}\n{address}"),
        label=words.ended_title,
    )


def corrected(kind: str, headline: str, line: str, superseded: Mapping[str, str], language: str) -> Notice:
    """The correction of a release: its class, its line, and by SHA-256 the files that no longer hold."""
    words = notice_words(language)
    named = {"corrected": words.corrected, "refile": words.refile, "repeat": words.repeat}
    title = named.get(kind, kind.upper())
    return Notice(
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


def for_review(number: int, headline: str, reference: str, files: Sequence[str], language: str) -> Notice:
    """Return what goes with the copies of a round of review to an editor."""
    words = notice_words(language)
    return Notice(
        language=words.language,
        title=words.review_title,
        paragraphs=(
            words.draft.format(headline=headline, reference=reference, number=number),
            words.change,
            words.attached.format(files=", ".join(files)),
        ),
        label=words.review_label.format(number=number),
    )


def withdrawn(headline: str, reference: str, reason: str, language: str) -> Notice:
    """The kill notice of a release."""
    words = notice_words(language)
    return Notice(
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


def locked(language: str) -> Notice:
    """What a mail says in place of a release that is only in a PDF under a password."""
    words = notice_words(language)
    return Notice(language=words.language, paragraphs=(words.locked,))
