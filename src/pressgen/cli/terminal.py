"""Safe output to a terminal.

All lines leave through this module: text from files and servers is shown, and never obeyed.

A name, a comment or an answer of a server may contain characters that move the cursor, hide text, or turn its order
round (U+202E). They are shown by their numbers. Only `style` sets colours: it marks them with a word that no file can
know, and `echo` replaces that word by the terminal's own codes.
"""

from __future__ import annotations

import re
import secrets
from typing import Any

import click

KEY = secrets.token_hex(8)
"""A word of this run that marks our own colours in a text."""
OPEN, CLOSE = f"\x1b<{KEY}:", ">"
OURS = re.compile(f"({re.escape(OPEN)}[0-9;]*{CLOSE})")
SIGN = re.compile("\x1b\\[([0-9;]*)m")
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
"""Control characters except tab and line end, lasting direction marks, separators, tags, and lone surrogates."""


def echo(message: Any = "", *, nl: bool = True, err: bool = False) -> None:  # noqa: ANN401
    """Print a line with hidden characters shown, as `click.echo` does."""
    click.echo(escape_hidden_characters(str(message)), nl=nl, err=err)


def echo_styled(message: Any = "", *, nl: bool = True, err: bool = False, **styles: Any) -> None:  # noqa: ANN401
    """Print a styled line with hidden characters shown, as `click.secho` does."""
    echo(style(str(message), **styles), nl=nl, err=err)


def echo_json(text: str) -> None:
    """Print JSON, with hidden characters as JSON escapes.

    A program reads the same text from it.
    """
    click.echo(UNSEEN.sub(_escape_for_json, text))


def style(text: Any, **styles: Any) -> str:  # noqa: ANN401 - as click has it
    """Return a text in a style, as `click.style` does.

    Only `echo` can print it.
    """
    return SIGN.sub(rf"{OPEN}\1{CLOSE}", click.style("\0", **styles)).replace("\0", str(text))


def escape_hidden_characters(text: str) -> str:
    """Return a text with hidden characters shown as escapes.

    Colours that `style` has set are kept.
    """
    pieces = OURS.split(text)
    shown = [
        UNSEEN.sub(_escape_match, piece) if at % 2 == 0 else _restore_style(piece) for at, piece in enumerate(pieces)
    ]
    return "".join(shown)


def _restore_style(piece: str) -> str:
    return f"\x1b[{piece.removeprefix(OPEN).removesuffix(CLOSE)}m"


def _escape_match(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode()


def _escape_for_json(match: re.Match[str]) -> str:
    return "".join(f"\\u{ord(half):04x}" for half in _to_surrogates(match[0]))


def _to_surrogates(char: str) -> str:
    """Return a character as JSON writes it: two surrogates beyond U+FFFF."""
    code = ord(char) - 0x10000
    return char if code < 0 else chr(0xD800 + (code >> 10)) + chr(0xDC00 + (code & 0x3FF))
