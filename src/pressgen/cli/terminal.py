"""The one place where lines leave for a terminal: what files and servers put into them is shown, and never obeyed.

A name, a comment or an answer of a server may hold characters that move the cursor, hide text, or turn its order round
(U+202E). They are shown by their numbers. Colours are set by `style` alone: it marks them with a word that no file can
know, and `echo` puts the terminal's own signs in their place.
"""

from __future__ import annotations

import re
import secrets
from typing import Any

import click

KEY = secrets.token_hex(8)
"""A word of this run, so that a colour in a text is known to be ours."""
OPEN, CLOSE = f"\x1b<{KEY}:", ">"
OURS = re.compile(f"({re.escape(OPEN)}[0-9;]*{CLOSE})")
SIGN = re.compile("\x1b\\[([0-9;]*)m")
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
"""Control characters but for tab and line end, marks of direction that hold on, separators, tags, halves of others."""


def echo(message: Any = "", *, nl: bool = True, err: bool = False) -> None:  # noqa: ANN401
    """Print a line, as `click.echo` does, with every unseen character shown."""
    click.echo(visible(str(message)), nl=nl, err=err)


def secho(message: Any = "", *, nl: bool = True, err: bool = False, **styles: Any) -> None:  # noqa: ANN401
    """Print a line in a style, as `click.secho` does, with every unseen character shown."""
    echo(style(str(message), **styles), nl=nl, err=err)


def echo_json(text: str) -> None:
    """Print JSON, with unseen characters as JSON's own escapes: it says the same to whoever reads it."""
    click.echo(UNSEEN.sub(_json_escape, text))


def style(text: Any, **styles: Any) -> str:  # noqa: ANN401 - as click has it
    """The text in a style, as `click.style` has it; `echo` alone can print it."""
    return SIGN.sub(rf"{OPEN}\1{CLOSE}", click.style("\0", **styles)).replace("\0", str(text))


def visible(text: str) -> str:
    """The text with every unseen character shown, and with the colours that `style` has put in."""
    pieces = OURS.split(text)
    shown = [UNSEEN.sub(_shown, piece) if at % 2 == 0 else _sign(piece) for at, piece in enumerate(pieces)]
    return "".join(shown)


def _sign(piece: str) -> str:
    return f"\x1b[{piece.removeprefix(OPEN).removesuffix(CLOSE)}m"


def _shown(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode()


def _json_escape(match: re.Match[str]) -> str:
    return "".join(f"\\u{ord(half):04x}" for half in _halves(match[0]))


def _halves(char: str) -> str:
    """A character as JSON writes it: one beyond U+FFFF as two halves."""
    code = ord(char) - 0x10000
    return char if code < 0 else chr(0xD800 + (code >> 10)) + chr(0xDC00 + (code & 0x3FF))
