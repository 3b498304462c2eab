from __future__ import annotations

import pytest

from load.sources import faults, release

BODY = """\
body:
  - quote:
      by: moss
      words:
        - We asked and
          you *answered*.
        - Twice.
  - pull: {{by: moss, words: {words}}}
"""


@pytest.mark.parametrize("words", ["We asked and you *answered*.", "asked and you", "Twice."])
def test_words_of_a_quotation_may_be_shown_large(words: str) -> None:
    assert faults(release(BODY.format(words=f"'{words}'"))) == []


@pytest.mark.parametrize("words", ["We asked you.", "we asked", "*answered*. Twice.", "We asked and you answered."])
def test_other_words_are_refused_with_the_lines_of_what_was_said(words: str) -> None:
    said = "no quotation of “moss” in the body has these words; what was said begins in line 5, 7"

    assert faults(release(BODY.format(words=f"'{words}'"))) == [f"release.yaml:8:30: R27 {said}"]


def test_words_of_somebody_who_is_not_quoted_are_refused() -> None:
    assert faults(release("body:\n  - pull: {by: moss, words: Yes.}\n")) == [
        "release.yaml:2:29: R27 no quotation of “moss” in the body has these words; there is none"
    ]


def test_the_speaker_is_one_of_the_people() -> None:
    assert "release.yaml:2:16: R07 nobody in “people” has the id “mos”; did you mean “moss”?" in faults(
        release("body:\n  - pull: {by: mos, words: Yes.}\n")
    )
