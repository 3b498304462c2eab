from __future__ import annotations

import codecs

import pytest

from load.sources import RELEASE, faults, yaml_faults
from pressgen.load.source import read_source

CASES = {
    "tab between": (b"a:\tb", "1:3: Y03 a tab; use spaces"),
    "tab before": (b"a:\n\tb: c", "2:1: Y03 a tab; use spaces"),
    "tab in a text": (b"a: 'b\tc'", "1:6: Y03 a tab; use spaces"),
    "latin-1": (b"a: caf\xe9", "1:7: Y02 byte 0xE9 is not UTF-8; save the file as UTF-8"),
    "surrogate in bytes": (b"a: \xed\xa0\x80", "1:4: Y02 byte 0xED is not UTF-8; save the file as UTF-8"),
    "overlong": (b"a: \xc0\xaf", "1:4: Y02 byte 0xC0 is not UTF-8; save the file as UTF-8"),
    "utf-16": ("a: b".encode("utf-16"), "1:1: Y02 the file is UTF-16; save it as UTF-8"),
    "utf-32": ("a: b".encode("utf-32"), "1:1: Y02 the file is UTF-32; save it as UTF-8"),
    "null": (b"a: b\0", "1:1: Y02 the file is not text, or is UTF-16; save it as text in UTF-8"),
    "bell": (b"a: \x07", "1:4: Y04 U+0007 (a control character) is not allowed in a text; delete it"),
    "delete": (b"a: b\x7f", "1:5: Y04 U+007F (DELETE) is not allowed in a text; delete it"),
    "c1": ("a: b\x80".encode(), "1:5: Y04 U+0080 (a control character) is not allowed in a text; delete it"),
    "next line": ("a: b\x85".encode(), "1:5: Y04 U+0085 (NEXT LINE) is not allowed in a text; delete it"),
    "lone return": (
        b"a: b\rc",
        "1:5: Y04 U+000D (a carriage return without a line feed) is not allowed in a text; delete it",
    ),
    "line separator": (
        "a: b\u2028".encode(),
        "1:5: Y04 U+2028 (LINE SEPARATOR) is not allowed in a text; delete it",
    ),
    "override": (
        "é: b\u202ec".encode(),
        "1:5: Y04 U+202E (RIGHT-TO-LEFT OVERRIDE) is not allowed in a text; delete it",
    ),
    "noncharacter": ("a: \uffff".encode(), "1:4: Y04 U+FFFF (no character) is not allowed in a text; delete it"),
    "astral noncharacter": (
        "a: \U0001fffe".encode(),
        "1:4: Y04 U+1FFFE (no character) is not allowed in a text; delete it",
    ),
    "byte-order mark inside": (
        "a: b\ufeff".encode(),
        "1:5: Y04 U+FEFF (a byte-order mark inside the text) is not allowed in a text; delete it",
    ),
    "escaped": (
        b'a: "b\\u202Ec"',
        "1:6: Y04 U+202E (RIGHT-TO-LEFT OVERRIDE) is not allowed in a text; delete it",
    ),
    "escaped tab": (b'a: "b\\tc"', "1:6: Y04 U+0009 (a control character) is not allowed in a text; delete it"),
    "escaped name": (b'"a\\0": b', "1:3: Y04 U+0000 (a control character) is not allowed in a text; delete it"),
}


@pytest.mark.parametrize(("data", "line"), CASES.values(), ids=CASES)
def test_what_no_text_may_hold_is_refused_at_its_place(data: bytes, line: str) -> None:
    assert [f"release.yaml:{line}"] == yaml_faults(data)


def test_every_such_character_is_shown_in_one_run() -> None:
    assert [line[: line.index(" ", 14) + 5] for line in yaml_faults(b"a: \x01b\tc\nd: \xff\n")] == [
        "release.yaml:1:4: Y04 ",
        "release.yaml:1:6: Y03 ",
        "release.yaml:2:4: Y02 ",
    ]


def test_a_byte_order_mark_at_the_start_is_no_part_of_the_first_line() -> None:
    data = codecs.BOM_UTF8 + RELEASE.replace("LIB-2031-04-02", "''").encode()

    assert faults(data) == [
        "release.yaml:1:13: R04 “reference” is empty; write a text: the release's own reference, unique in the office"
    ]


def test_line_ends_of_windows_change_no_column() -> None:
    text = RELEASE.replace("facts.branches", "facts.branch")

    assert faults(text) == faults(text.replace("\n", "\r\n")) != []


@pytest.mark.parametrize(
    "text", ["café", "e\u0301", "\u00a0x", "a\u00adb", "\u200fא", "\ufffd", "\ue000", "😀", "\u2066x\u2069"]
)
def test_every_other_character_comes_through_as_typed(text: str) -> None:
    source, problems = read_source(f"a: '{text}'\nb: {text}.\nc: |-\n  {text}\n".encode(), "r.yaml")

    assert not problems
    assert [source.text_at(each) for each in "abc"] == [text, f"{text}.", text]
