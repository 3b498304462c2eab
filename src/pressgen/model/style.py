"""A house's writing style: what `pressgen check` checks its releases for.

It is data, so that no rule knows an office.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from pressgen.model.record import Line, Record, Truth

Number = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,4}$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")]


class AvoidedWords(Record):
    """Words that the house avoids, or uses only with care."""

    words: Line = Field(description="The word or the words, in any case of letters.")
    instead: Line | None = Field(None, description="What to write in their place; `check --fix` puts it there.")
    because: Line | None = Field(None, description="Why, for the message.")


class Limits(Record):
    """The limits on the length and difficulty of texts.

    Absent ones are not looked at.
    """

    headline: Number | None = Field(None, description="Characters of the headline; GOV.UK takes 65.")
    summary: Number | None = Field(None, description="Characters of the summary; GOV.UK takes 160.")
    sentence: Number = Field("45", description="Words of a sentence outside quotations.")
    lead: Number = Field("60", description="Words of the lead.")
    reading_age: Number | None = Field(None, description="Years of age at which the lead is read with ease.")
    before_attribution: Number = Field("3", description="Sentences before the reader learns who is speaking.")


class NoticePeriod(Record):
    """The time that journalists have a release before using it."""

    shortest: Number = Field("2", description="Hours from issue to embargo.")
    longest: Number = Field("60", description="Days from issue to embargo.")


class Style(Record):
    """The house's style."""

    percent: Literal["%", "per cent", "percent"] | None = Field(
        None, description="How a percentage is written; absent: one way in a release, whichever."
    )
    clock: Literal["12", "24"] | None = Field(
        None, description="The clock of times in prose; absent: one in a release, whichever."
    )
    percent_bases: Truth = Field(
        default=False, description="`true` wants a base (`of`) and a source of every fact that is a percentage."
    )
    ordinals: Truth = Field(default=False, description="`true` allows dates such as 8th May.")
    honorifics: Literal["always", "never"] | None = Field(
        None, description="Whether people are Mr, Ms or Dr after the first time; absent: either."
    )
    spelling: Literal["british", "american"] | None = Field(None, description="Whose spelling; absent: either.")
    avoid: tuple[AvoidedWords, ...] = Field((), description="Words not to use, with what to write instead.")
    capitalise: tuple[Line, ...] = Field((), description="Names and words with their capitals: `Parliament`, `GitHub`.")
    jargon: tuple[Line, ...] = Field((), description="Words that readers outside the office do not know.")
    careful: tuple[Line, ...] = Field((), description="Words that may defame, or want a lawyer: `fraud`, `cover-up`.")
    coarse: tuple[Line, ...] = Field((), description="Words that no release says outside a quotation, nor in one.")
    limits: Limits = Field(default_factory=Limits, description="How long and how hard texts may be.")
    notice: NoticePeriod = Field(default_factory=NoticePeriod, description="How long journalists have a release.")
    country: Country | None = Field(
        None, description="Whose bank holidays count, by ISO 3166: `GB-ENG`, `US`; absent: those of nobody."
    )
    statistics: Truth = Field(
        default=False, description="`true` for official statistics, which come out at 09:30 on a weekday."
    )
    out_of_hours: Truth = Field(default=False, description="`true` wants an out-of-hours number of the contacts.")
    steps: Number | None = Field(None, description="The minutes that the channels' clocks count in, such as 15.")
