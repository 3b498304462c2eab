"""Texts as YAML that people read and edit: plain where that is safe, in quotation marks, or folded over lines."""

from __future__ import annotations

import re
import textwrap

WIDTH = 118
SHORT = 96
PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=~<][^\n]*")
UNSAFE = re.compile(r": |:$| #|\s$|^(?:true|false|yes|no|on|off|null|~)$", re.IGNORECASE)


def scalar(text: str, indent: int) -> str:
    """A text as the value of a field, or as an entry of a list, that stands `indent` columns in.

    A text is one line; what is long is folded over several, which YAML joins by single spaces.
    """
    if len(text) <= SHORT - indent:
        return short(text)
    return folded(text, indent)


def short(text: str) -> str:
    """A text on the line of its field."""
    if PLAIN.fullmatch(text) and not UNSAFE.search(text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def folded(text: str, indent: int) -> str:
    """A text on the lines after its field, two columns further in."""
    margin = " " * (indent + 2)
    lines = textwrap.wrap(
        text, WIDTH - len(margin), break_long_words=False, break_on_hyphens=False, expand_tabs=False,
        replace_whitespace=False, drop_whitespace=True,
    )  # fmt: skip
    return ">-\n" + "\n".join(margin + line for line in lines)


def comment(text: str, indent: int) -> str:
    """A text as comment lines, `indent` columns in."""
    margin = " " * indent + "# "
    lines = textwrap.wrap(" ".join(text.split()), WIDTH - len(margin), break_long_words=False, break_on_hyphens=False)
    return "\n".join(f"{margin}{'  ' if at else ''}{line}" for at, line in enumerate(lines))
