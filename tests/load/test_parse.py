from __future__ import annotations

import pytest

from load.sources import RELEASE, faults, yaml_faults
from pressgen.load import parse as reading
from pressgen.load.characters import LARGEST
from pressgen.load.source import read_source

CASES = {
    "empty file": ("", ["1:1: Y16 the file is empty; write fields such as “headline: …”"]),
    "comment alone": ("# x\n", ["1:1: Y16 the file is empty; write fields such as “headline: …”"]),
    "a list": ("- a\n", ["1:1: Y16 the file does not begin with a field; write fields such as “headline: …”"]),
    "doubled field": (
        "a: b\nc: d\na: e\n",
        ["3:1: Y10 “a” is here a second time; the first is in line 1"],
    ),
    "doubled field inside": (
        "p: {x: y, x: z}\n",
        ["1:11: Y10 “x” is here a second time; the first is in line 1"],
    ),
    "cycle": ("a: &x [b, *x]\n", ["1:11: Y12 “*x” is inside the text that it repeats; write the text out"]),
    "cycle of fields": ("a: &x\n  b: {c: *x}\n", [("2:10: Y12 “*x” is inside the text that it repeats; write"
                                                  " the text out")]),
    "lost alias": (
        "a: *x\n",
        ["1:4: Y11 “*x” does not repeat anything; a text that begins with * needs quotation marks round it"],
    ),
    "tag": (
        "a: !!int 3\n",
        [
            "1:4: Y07 “!!int” is a YAML tag, which is not needed because everything is text; delete it,"
            " or put a text that begins with ! in quotation marks"
        ],
    ),
    "python tag": (
        "a: !!python/object/apply:os.system [x]\n",
        [
            "1:4: Y07 “!!python/object/apply:os.system” is a YAML tag, which is not needed because everything"
            " is text; delete it,"
            " or put a text that begins with ! in quotation marks"
        ],
    ),
    "merge": ("<<: {b: c}\n", ["1:1: Y09 “<<” would merge other fields into these; write the fields out"]),
    "directive": (
        "%YAML 1.1\n---\na: b\n",
        ["1:1: Y06 a line that begins with % is an instruction to YAML; delete it"],
    ),
    "unknown directive": (
        "%PRESS\na: b\n",
        ["1:1: Y05 a line that begins with % is an instruction to YAML; delete it"],
    ),
    "second document": ("a: b\n---\nc: d\n", ["2:1: Y06 a second document begins here; a file can have only one"]),
    "list as name": ("? [a]\n: b\n", ["1:3: Y08 the name of a field is a list or fields; it must be a word"]),
    "no name": ("'': b\n", ["1:1: Y08 the name of a field is missing before the colon"]),
    "bare braces": ("a: {{ facts.x }}\n", ["1:4: Y08 a text that begins with {{ needs quotation marks round it"]),
    "empty field": ("a:\nb: c\n", ["1:1: Y15 “a” is empty: write a text, or delete it if it is not required"]),
    "null field": (
        "a: null\n",
        ["1:1: Y15 “a” is empty: write a text, or delete it if it is not required; the word “null” itself needs"
         " quotation marks"],
    ),
    "empty entry": ("a:\n  - b\n  -\n", ["3:4: Y15 this entry is empty: write a text, or delete it"]),
    "empty lines": (
        "a: >-\nb: c\n",
        ["1:1: Y15 “a” contains only white space: write a text, or delete it if it is not required"],
    ),
    "blank text": (
        "a: '  '\n",
        ["1:1: Y15 “a” contains only white space: write a text, or delete it if it is not required"],
    ),
    "lost by a comment": (
        "a: We are #1 again\n",
        [
            "1:11: Y17 “#1” begins a comment and would not be printed; put the text in quotation marks,"
            " or a space after the # of a comment"
        ],
    ),
    "a long word": (
        f"a: >-\n  long\n  {'x' * 2001}\n",
        ["3:3: Y18 a word has 2,001 characters, but the limit is 2,000; put spaces in it"],
    ),
    "a long word in escapes": (
        'a: "' + r"\x41" * 2500 + '"\n',
        ["1:5: Y18 a word has 2,500 characters, but the limit is 2,000; put spaces in it"],
    ),
    "deep": ("a: " + "[" * 60 + "]" * 60, ["1:43: Y14 lists and fields are nested more than 40 levels deep"]),
    "colon": (
        "a: b: c\n",
        [
            "1:5: Y05 a field cannot begin here: a text with a colon and a space in it needs quotation marks round it,"
            " or goes on lines of its own after “>-”"
        ],
    ),
    "no colon": (
        "a: b\nheadline\nc: d\n",
        ["3:1: Y05 the line above this is neither “field: text” nor a part of the text before it"],
    ),
    "never closed": ('a: "x\nb: c\n', ['1:4: Y05 the quotation mark " is never closed']),
    "emphasis": ("a: **Bold** b\n", ["1:4: Y05 a text that begins with * needs quotation marks round it"]),
    "ampersand": ("a: & b\n", ["1:4: Y05 a text that begins with & needs quotation marks round it"]),
    "at sign": ("a: @b\n", ["1:4: Y05 a text that begins with @ needs quotation marks round it"]),
    "bang": ("a: !e!b c\n", ["1:4: Y05 a text that begins with ! needs quotation marks round it"]),
    "open list": (
        "a: [b, c\nd: e\n",
        ["1:4: Y05 the list that “[” begins is not closed; a text that begins with [ needs quotation marks round it"],
    ),
    "open fields": (
        "a: {b: c\nd: e\n",
        ["1:4: Y05 what “{” begins is not closed; a text that begins with { needs quotation marks round it"],
    ),
    "link": (
        "a: [text](https://x) y\n",
        ["1:10: Y05 the text before this has ended, so nothing can follow it; a text with this in it needs"
         " quotation marks round it"],
    ),
    "indentation": (
        "a:\n  b: c\n d: e\n",
        ["3:2: Y05 this line does not match those above: indent it like the list or the fields that it belongs to"],
    ),
    "first line": (
        " a: b\nc: d\n",
        ["2:1: Y05 this line does not match those above: the first field of a file is not indented,"
         " and a file holds one document"],
    ),
    "dash": (
        "a: - b\n",
        ["1:4: Y05 a list begins on a line of its own; a text that begins with a dash and a space needs quotation marks"
         " round it"],
    ),
    "escape": (
        'a: "\\q"\n',
        ["1:5: Y05 between double quotation marks “\\” with this letter means nothing; for “\\” itself write “\\\\”"],
    ),
    "surrogate escape": ('a: "\\ud83d"\n', ["1:7: Y05 this escape is not the code of a character"]),
    "after the bar": (
        "a: | b\n",
        ["1:6: Y05 after “|” or “>” the text begins on the next line; a text that begins with one of them needs"
         " quotation marks round it"],
    ),
    "comma": ("a: , b\n", ["1:4: Y05 a text that begins with this character needs quotation marks round it"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "lines"), CASES.values(), ids=CASES)
def test_what_yaml_would_guess_or_hide_is_refused_at_its_place(text: str, lines: list[str]) -> None:
    assert [f"release.yaml:{line}" for line in lines] == yaml_faults(text)


def test_an_alias_bomb_is_refused_before_it_unfolds() -> None:
    levels = "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))

    (line, *more) = yaml_faults("a: &a [lol, lol, lol]\n" + levels)

    assert "Y13 with “*e” the data grows beyond 250,000 characters; write it out" in line
    assert all(": Y13 " in each for each in more)


def test_a_text_may_be_written_once_and_repeated() -> None:
    source, problems = read_source(b"a: &x {b: [c, d]}\ne: *x\nf: [*x]\n", "r.yaml")

    assert not problems
    assert source.text_at("f[0].b[1]") == "d"


def test_every_scalar_stays_the_text_that_was_typed() -> None:
    source, _ = read_source(b"a: [no, 12:30, 010, 1_000, 0x1F, 2031-04-02, .5, 'null', '~', =]\n", "r.yaml")

    assert source.texts_at("a") == ["no", "12:30", "010", "1_000", "0x1F", "2031-04-02", ".5", "null", "~", "="]


def test_a_fault_of_yaml_does_not_hide_those_of_the_release() -> None:
    text = RELEASE.replace("house: county\n", "house: county\nhouse: other\nhedline: x\n")

    assert faults(text) == [
        "release.yaml:3:1: Y10 “house” is here a second time; the first is in line 2",
        "release.yaml:4:1: R01 no field “hedline” here; did you mean “headline”?",
    ]


def test_what_is_refused_as_empty_is_not_refused_twice() -> None:
    assert faults(RELEASE.replace("headline: Nine libraries open on Sundays", "headline:")) == [
        "release.yaml:3:1: Y15 “headline” is empty: write a text, or delete it if it is not required"
    ]


def test_a_file_may_be_as_large_as_the_limit_and_no_larger() -> None:
    assert not any(": Y01 " in line for line in faults(b"#" * LARGEST))
    assert faults(b"#" * (LARGEST + 1)) == ["release.yaml:1:1: Y01 the file has 250,001 bytes; the limit is 250,000"]


@pytest.mark.parametrize("text", ["[" * 100_000, "{" * 100_000, "- " * 100_000, "a: " + "{a: " * 50_000, "&a " * 9000])
def test_no_nesting_is_too_deep_to_be_refused(text: str) -> None:
    assert yaml_faults(text)


def test_reading_does_not_need_the_c_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without libyaml has PyYAML's own reader, which takes and gives the same."""
    text = RELEASE.replace("Ada Moss", '"Ada\\n Moss"').encode()
    with_c = read_source(text, "r.yaml")
    monkeypatch.setattr(reading, "LOADER", reading.yaml.SafeLoader)
    without = read_source(text, "r.yaml")

    assert with_c[0].nodes.keys() == without[0].nodes.keys()
    assert all(with_c[0].place(path, 3) == without[0].place(path, 3) for path in with_c[0].nodes)
