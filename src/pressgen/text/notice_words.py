"""The words of an office's notices, with the English ones."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWords:
    """The words of notices in one language.

    `{when}`, `{headline}` and the like are filled in; days are patterns of Unicode UTS 35, part 4.

    Attributes:
        language: the language of the words.
        when: an hour with its zone, its day, and the same in UTC.
        day, utc_day: how days are written.
    """

    language: str = "en-GB"
    day: str = "EEEE d MMMM y"
    utc_day: str = "EEEE d MMMM"
    when: str = "{time} {zone} on {day} ({utc} UTC, {utc_day})"
    embargo: str = "EMBARGO"
    reason: str = "Reason: {reason}"
    replaces: str = "What is attached takes the place of what you have. Please delete the earlier files."
    no_longer: str = "These files no longer hold, by SHA-256 (a marked copy has another):"
    moved_label: str = "ADVISORY {number}, EMBARGO MOVED"
    moved_title: str = "ADVISORY {number}: EMBARGO MOVED"
    moved_to: str = "“{headline}” may now be used from {when}. Until then it stays under embargo."
    moved_from: str = "It was to be used from {when}. That time no longer holds."
    public: str = "Public now:"
    over: str = "The embargo until {when} has ended:"
    ended_title: str = "EMBARGO ENDED"
    ended: str = "“{headline}” is public, and may be used from now on."
    ended_early: str = "The embargo until {when} no longer holds."
    here: str = "It is here:"
    corrected: str = "CORRECTED"
    refile: str = "REFILE"
    repeat: str = "REPEAT"
    correction: str = "“{headline}”: {line}."
    same_words: str = "The words are the same"
    should_read: str = "“{was}” should read “{now}”"
    missing: str = "“{now}” was missing"
    taken_out: str = "“{was}” is taken out"
    withdrawn_label: str = "WITHDRAWN, DO NOT USE"
    withdrawn_title: str = "WITHDRAWN – DO NOT USE"
    withdrawn: str = (
        "“{headline}” ({reference}) is withdrawn. Do not publish, broadcast or post it, nor any part of it."
    )
    take_down: str = "If it has been used, please take it down, and tell your readers so."
    delete: str = "Please delete every file of it that you have."
    locked: str = (
        "The release is in the attached PDF. It opens with a password, which the press office gives you by another way;"
        " so the text does not stand in this mail, and the PDF is not an archival one (PDF/A)."
    )
    review_label: str = "For review, round {number}"
    review_title: str = "FOR REVIEW – NOT FOR PUBLICATION"
    draft: str = "“{headline}” ({reference}) is a draft, in its round {number} of review. Please pass it to nobody."
    change: str = (
        "Change the Word file as you like: it records what you do. Or mark the PDF, in any program. Then send either"
        " back to this address. Or answer this mail, and change the text that your answer quotes. You will be told"
        " what became of each change and remark."
    )
    attached: str = "Attached: {files}"


ENGLISH = NoticeWords()
