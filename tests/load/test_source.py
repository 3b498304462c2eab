from __future__ import annotations

import pytest

from load.sources import RELEASE
from pressgen.load.source import SourceText, read_source

TEXT = """\
headline: "Sundays “at last”"
body:
  - quote:
      by: moss
      words:
        - >-
          We asked,
          you answered.
notes:
  - id: count
    text: 'Counted, it''s said, in March.'
  - id: count
    text: Twice.
  - text: No id.
terms: {U.K.: United Kingdom}
"""


@pytest.fixture(scope="module")
def source() -> SourceText:
    return read_source(TEXT.encode(), "release.yaml")[0]


@pytest.mark.parametrize(
    ("path", "offset", "place"),
    [
        ("headline", 0, "1:12"),
        ("headline", 8, "1:20"),
        ("body[0].quote.words[0]", 0, "7:11"),
        ("body[0].quote.words[0]", 9, "7:20"),
        ("body[0].quote.words[0]", 10, "8:11"),
        ("body[0].quote.by", 0, "4:11"),
        ("notes[count].text", 0, "11:12"),
        ("notes[count].text", 12, "11:25"),
        ("notes[1].text", 0, "13:11"),
        ("notes[2].text", 3, "14:14"),
        ("terms.U.K.", 0, "15:15"),
        ("headline", 999, "1:29"),
    ],
)
def test_a_character_of_the_data_has_its_line_and_column(
    source: SourceText, path: str, offset: int, place: str
) -> None:
    assert f"release.yaml:{place}" == str(source.place(path, offset))


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("", "1:1"),
        ("subhead", "1:1"),
        ("body", "3:3"),
        ("body[0]", "3:5"),
        ("body[0].quote", "4:7"),
        ("body[0].quote.verb", "4:7"),
        ("body[7].quote.words[2]", "3:3"),
        ("notes[lost].text", "10:3"),
    ],
)
def test_a_path_that_is_not_there_has_the_place_of_what_would_hold_it(
    source: SourceText, path: str, place: str
) -> None:
    assert f"release.yaml:{place}" == str(source.place(path))


@pytest.mark.parametrize(
    ("path", "place"), [("headline", "1:1"), ("body[0].quote.words", "5:7"), ("terms.U.K.", "15:9"), ("body[0]", "3:5")]
)
def test_the_name_of_a_field_has_a_place_of_its_own(source: SourceText, path: str, place: str) -> None:
    assert f"release.yaml:{place}" == str(source.key_place(path))


def test_every_text_of_a_release_begins_where_its_path_says() -> None:
    source, _ = read_source(RELEASE.encode(), "release.yaml")
    lines = RELEASE.splitlines()
    texts = {path: value for path in source.nodes if (value := source.text_at(path)) is not None}

    assert len(texts) > 20
    for path, value in texts.items():
        place = source.place(path)
        assert lines[place.line - 1][place.column - 1 :].startswith(value), path
