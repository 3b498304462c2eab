"""What those who have a release are told of it."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from pressgen.model.moment import read_moment
from pressgen.text import notices
from pressgen.text.notice_languages import SPOKEN
from pressgen.text.notice_words import ENGLISH, NoticeWords

WAS, NOW = (read_moment(each, "Europe/London") for each in ("2019-05-08 00:01", "2019-10-28 09:30"))


def test_an_hour_is_told_with_its_zone_its_year_and_the_same_in_utc() -> None:
    """The date in UTC may be the day before."""
    assert notices.format_notice_time(WAS) == "00:01 BST on Wednesday 8 May 2019 (23:01 UTC, Tuesday 7 May)"
    assert notices.format_notice_time(NOW) == "09:30 GMT on Monday 28 October 2019 (09:30 UTC, Monday 28 October)"


def test_an_advisory_has_its_number_both_hours_and_the_reason() -> None:
    told = notices.make_move_notice(2, "Bridge opens", (WAS, NOW), "The minister is late", "en-GB").text

    assert told.startswith("ADVISORY 2: EMBARGO MOVED\n\n")
    assert [" ".join(each.split()) for each in told.split("\n\n")[1:4]] == [
        f"“Bridge opens” may now be used from {notices.format_notice_time(NOW)}. Until then it stays under embargo.",
        f"It was to be used from {notices.format_notice_time(WAS)}. That time no longer holds.",
        "Reason: The minister is late",
    ]


def test_a_correction_names_the_files_that_no_longer_hold() -> None:
    told = notices.make_correction_notice(
        "corrected", "Bridge opens", "“41” should read “40”", {"b.pdf": "b" * 64, "a.pdf": "a" * 64}, "en-GB"
    ).text

    assert told.startswith("CORRECTED\n\n“Bridge opens”: “41” should read “40”.\n")
    assert told.endswith(f"\n\n{'a' * 64}  a.pdf\n{'b' * 64}  b.pdf")


def test_a_kill_notice_says_what_to_do() -> None:
    told = notices.make_kill_notice("Bridge opens", "B-1", "The bridge is shut", "en-GB").text

    assert told.startswith("WITHDRAWN – DO NOT USE\n\n“Bridge opens” (B-1) is withdrawn.")
    assert "Reason: The bridge is shut" in told
    assert max(map(len, told.splitlines())) <= 72


LANGUAGES = sorted(SPOKEN)
FIELDS = [each.name for each in fields(NoticeWords) if each.name != "language"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notice_can_be_said_in_every_language_that_has_words(language: str) -> None:
    """Nothing that is told is missing in any: the headline, both hours, the reason, the address."""
    told = notices.make_move_notice(2, "Bridge {opens}", (WAS, NOW), "Late & wet", language).text
    joined = " ".join(told.split())
    assert all(each in joined for each in ("Bridge {opens}", "Late & wet", "09:30", "00:01", "23:01", "2019", "UTC"))
    ended = notices.make_early_lift_notice("Bridge", WAS, "https://a.example/b", "Sorry", language).text
    assert all(each in ended for each in ("Bridge", "https://a.example/b", "Sorry", "00:01"))
    assert "https://a.example/b" in notices.make_lift_notice(WAS, "https://a.example/b", language).text
    assert all(
        each in notices.make_kill_notice("Bridge", "B-1", "Shut", language).text for each in ("Bridge", "B-1", "Shut")
    )
    assert "41 is 40" in notices.make_correction_notice("refile", "Bridge", "41 is 40.", {}, language).text
    assert "PDF/A" in notices.make_locked_notice(language).text
    review = notices.make_review_notice(3, "Bridge", "B-1", ["b-3.docx", "b-3.pdf"], language)
    assert all(each in review.text for each in ("Bridge", "B-1", "3", "PDF", "Word", "b-3.docx, b-3.pdf"))
    assert "3" in review.label


@pytest.mark.parametrize("language", [each for each in LANGUAGES if not each.startswith("en")])
def test_a_language_has_every_word_of_its_own_and_asks_for_what_english_asks_for(language: str) -> None:
    same = {name for name in FIELDS if getattr(SPOKEN[language], name) == getattr(ENGLISH, name)}
    gaps = {name: set(re.findall(r"{\w+}", getattr(ENGLISH, name))) for name in FIELDS}

    assert same <= {"day", "utc_day", "embargo", "correction"}
    assert {name: set(re.findall(r"{\w+}", getattr(SPOKEN[language], name))) for name in FIELDS} == gaps


def test_a_language_without_words_is_told_in_english_and_says_so() -> None:
    told = notices.make_kill_notice("Silta", "B-1", "Suljettu", "fi")

    assert told.language == "en-GB"
    assert told.text.startswith("WITHDRAWN – DO NOT USE")


def test_dates_are_the_language_s_own() -> None:
    assert notices.format_notice_time(WAS, "en-US") == "00:01 BST on Wednesday, May 8, 2019 (23:01 UTC, Tuesday, May 7)"
    assert notices.format_notice_time(WAS, "cy") == "00:01 BST Dydd Mercher 8 Mai 2019 (23:01 UTC, Dydd Mawrth 7 Mai)"
    assert (
        notices.format_notice_time(WAS, "de")
        == "Mittwoch, 8. Mai 2019, 00:01 Uhr BST (Dienstag, 7. Mai, 23:01 Uhr UTC)"
    )
    assert notices.format_notice_time(WAS, "fr-CA") == "mercredi 8 mai 2019 à 00:01 BST (mardi 7 mai, 23:01 UTC)"
