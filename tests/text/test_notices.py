"""What those who have a release are told of it."""

from __future__ import annotations

from pressgen.model.moment import read_moment
from pressgen.text import notices

WAS, NOW = (read_moment(each, "Europe/London") for each in ("2019-05-08 00:01", "2019-10-28 09:30"))


def test_an_hour_is_told_with_its_zone_its_year_and_the_same_in_utc() -> None:
    """The date in UTC may be the day before."""
    assert notices.when(WAS) == "00:01 BST on Wednesday 8 May 2019 (23:01 UTC, Tuesday 7 May)"
    assert notices.when(NOW) == "09:30 GMT on Monday 28 October 2019 (09:30 UTC, Monday 28 October)"


def test_an_advisory_has_its_number_both_hours_and_the_reason() -> None:
    told = notices.moved(2, "Bridge opens", (WAS, NOW), "The minister is late")

    assert told.startswith("ADVISORY 2: EMBARGO MOVED\n\n")
    assert [" ".join(each.split()) for each in told.split("\n\n")[1:4]] == [
        f"“Bridge opens” may now be used from {notices.when(NOW)}. Until then it stays under embargo.",
        f"It was to be used from {notices.when(WAS)}. That time no longer holds.",
        "Reason: The minister is late",
    ]


def test_a_correction_names_the_files_that_no_longer_hold() -> None:
    told = notices.corrected(
        "corrected", "Bridge opens", "“41” should read “40”", {"b.pdf": "b" * 64, "a.pdf": "a" * 64}
    )

    assert told.startswith("CORRECTED\n\n“Bridge opens”: “41” should read “40”.\n")
    assert told.endswith(f"\n\n{'a' * 64}  a.pdf\n{'b' * 64}  b.pdf")


def test_a_kill_notice_says_what_to_do() -> None:
    told = notices.withdrawn("Bridge opens", "B-1", "The bridge is shut")

    assert told.startswith("WITHDRAWN – DO NOT USE\n\n“Bridge opens” (B-1) is withdrawn.")
    assert "Reason: The bridge is shut" in told
    assert max(map(len, told.splitlines())) <= 72
