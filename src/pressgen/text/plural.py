"""Format counts in English messages: `1 mail`, `2 mails`."""

from __future__ import annotations


def format_count(count: int, noun: str) -> str:
    """Return a number with its noun, in the singular or plural.

    The plural must end in s.
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
