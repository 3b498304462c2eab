"""Numbers of things in English messages: `1 mail`, `2 mails`."""

from __future__ import annotations


def format_count(count: int, noun: str) -> str:
    """Return how many there are of something whose plural ends in s."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
