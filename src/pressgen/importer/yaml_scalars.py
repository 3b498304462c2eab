"""Format texts as YAML that people can read and edit.

They are plain where that is safe, else in quotation marks, or folded over lines.
"""

from __future__ import annotations

import re
import textwrap

WIDTH = 118
SHORT = 96
PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=~<][^\n]*")
UNSAFE = re.compile(r": |:$| #|\s$|^(?:true|false|yes|no|on|off|null|~)$", re.IGNORECASE)


def format_scalar(text: str, indent: int) -> str:
    """Format a text as the YAML value of a field or entry.

    `indent` is the column of the field. A text is one line. A long one is folded over several, which YAML joins by
    single spaces.
    """
    if len(text) <= SHORT - indent:
        return format_inline(text)
    return format_folded(text, indent)


def format_inline(text: str) -> str:
    """Format a text as YAML on the line of its field."""
    if PLAIN.fullmatch(text) and not UNSAFE.search(text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def format_folded(text: str, indent: int) -> str:
    """Format a text as folded YAML lines below its field.

    The lines are indented by two more columns.
    """
    margin = " " * (indent + 2)
    lines = textwrap.wrap(
        text, WIDTH - len(margin), break_long_words=False, break_on_hyphens=False, expand_tabs=False,
        replace_whitespace=False, drop_whitespace=True,
    )  # fmt: skip
    return ">-\n" + "\n".join(margin + line for line in lines)


def format_comment(text: str, indent: int) -> str:
    """Format a text as YAML comment lines.

    They are indented by `indent` columns.
    """
    margin = " " * indent + "# "
    lines = textwrap.wrap(" ".join(text.split()), WIDTH - len(margin), break_long_words=False, break_on_hyphens=False)
    return "\n".join(f"{margin}{'  ' if at else ''}{line}" for at, line in enumerate(lines))
