"""What a good release is not told."""

from __future__ import annotations

from check.cases import caught
from check.precision import languages, told_of
from machine import need_shared
from pressgen.check.run import load_rules
from pressgen.errors import Severity


def test_the_release_that_this_began_with_has_no_error_and_no_warning() -> None:
    text = need_shared("seeds", "example", "release.yaml").read_text("utf-8")

    found = caught({"release": text}, list(load_rules()[0]))

    assert [str(each.problem) for each in found if each.problem.severity is not Severity.STYLE] == []


def test_a_finding_in_a_real_release_is_shown_with_its_sentence() -> None:
    corpus = need_shared("corpus", "texts")
    name = next(each for each, language in languages().items() if language == "en-GB")

    told = list(told_of(corpus / name, "en-GB", plain=True))

    assert told
    assert all(each.sentence for each in told if each.caught.problem.path.startswith("body"))
