"""Damage of text files by their lines, words and fields: YAML, CSV, vCards, mails, pages and style sheets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from doors.hostile import value

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

FIELD = re.compile(r'(?<=[=:,;">\s])[^=:,;"<>\s]+')
INDENT = re.compile(r"^( *)([-\w][^\n]*?:) *([^\n]*)$", re.MULTILINE)
TAG = re.compile(r"<[^<>]{1,300}>")
SCALARS = (
    "&a [*a, *a]",
    "*nowhere",
    "{<<: *x}",
    "!!python/object:os.system x",
    "!!binary AAAA",
    "!!int 1.5",
    "[[[[[[[[]]]]]]]]",
    "|\n  " + "line\n  " * 50,
    "'",
    '"\\x00"',
    '"\\ud800"',
    "? [a]\n: b",
    "{a: {a: {a: {a: 1}}}}",
    "~",
    "null",
    "[]",
    "{}",
    "@x",
    "`x",
    "- - - x",
    "<<",
    "2019-05-08",
    "12:30:45",
    "0o17",
    "1_000",
    "yes",
    ".inf",
    "{{ facts.x }}",
    "[^x]",
    "%TAG ! x",
)


def change_field(chance: Random, text: str) -> str:
    """Put a hostile value in the place of a word or field."""
    found = list(FIELD.finditer(text))
    if not found:
        return value(chance)
    for each in sorted(chance.sample(found, min(len(found), chance.choice((1, 1, 3)))), key=lambda at: -at.start()):
        text = text[: each.start()] + value(chance) + text[each.end() :]
    return text


def change_scalar(chance: Random, text: str) -> str:
    """Put a value of another shape behind a key of a YAML file."""
    found = list(INDENT.finditer(text))
    if not found:
        return chance.choice(SCALARS)
    at = chance.choice(found)
    return text[: at.start(3)] + " " + chance.choice(SCALARS) + text[at.end(3) :]


def shuffle_lines(chance: Random, text: str) -> str:
    """Lose, double, move, join or indent a line."""
    lines = text.split("\n")
    here, there = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(6):
        case 0:
            del lines[here]
        case 1:
            lines.insert(there, lines[here])
        case 2:
            lines[here], lines[there] = lines[there], lines[here]
        case 3:
            lines[here] = " " * chance.randint(1, 9) + lines[here]
        case 4:
            lines[here] = lines[here].lstrip() or "\t"
        case _:
            lines[here : here + 1] = [lines[here]] * 3000
    return "\n".join(lines)


def nest(chance: Random, text: str) -> str:
    """Put one thing into itself, deeply."""
    opening, closing = chance.choice(
        (("[", "]"), ("{a: ", "}"), ("<div>", "</div>"), ("<b>", ""), ("(", ")"), ("<table><tr><td>", ""))
    )
    deep = chance.choice((30, 1000, 20_000))
    at = chance.randrange(len(text) + 1)
    return text[:at] + opening * deep + "x" + closing * deep + text[at:]


def lengthen(chance: Random, text: str) -> str:
    """Make one run of characters very long."""
    at = chance.randrange(len(text) + 1)
    run = chance.choice(
        (
            "a",
            " ",
            "\n",
            "\t",
            "a ",
            "a, ",
            "\N{RIGHT SINGLE QUOTATION MARK}",
            "-",
            "=",
            "*_",
            "[",
            "<",
            "&",
            "(1",
            "1.",
            "www.a",
            "@",
            "é",
        )
    )
    return text[:at] + run * (chance.choice((3000, 200_000)) // len(run)) + text[at:]


def change_tag(chance: Random, text: str) -> str:
    """Lose, double or spoil a tag of a page."""
    found = list(TAG.finditer(text))
    if not found:
        return change_field(chance, text)
    at = chance.choice(found)
    spoilt = at.group().replace("=", "='", 1)
    return (
        text[: at.start()]
        + chance.choice(("", at.group() * 3, at.group()[:-1], spoilt, "<!--", "<![CDATA[", "<?", "</"))
        + text[at.end() :]
    )


def change_line_ends(chance: Random, text: str) -> str:
    """End the lines in another way."""
    return text.replace("\n", chance.choice(("\r", "\r\n", "\u2028", "\x85", "\n\n", "\0\n")))


TEXTUAL: tuple[Callable[[Random, str], str], ...] = (
    change_field,
    change_field,
    change_scalar,
    change_scalar,
    shuffle_lines,
    nest,
    lengthen,
    change_tag,
    change_line_ends,
)
CODECS = ("utf-8", "utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "koi8-r", "utf-7", "shift_jis")


def spoil_text(chance: Random, data: bytes) -> tuple[str, bytes]:
    """Damage a text file; say how."""
    how = chance.choice(TEXTUAL)
    text = how(chance, data.decode("utf-8", "surrogateescape"))
    codec = chance.choice(CODECS)
    if codec == "utf-8":
        return how.__name__, text.encode("utf-8", "surrogateescape")
    return f"{how.__name__} as {codec}", text.encode(codec, "replace")
