"""Values that a program trips over, and damage that needs no knowledge of a file's format."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

VALUES = (
    "", "0", "1.5", "-1", "99999999999", "4294967296", "9" * 5000, "NaN", "Infinity", "1e999", "²", "٣", "0x10",
    "true", " ", "\t", "\u202e", "\u2066x", "\ufeff", "\ufffe", "%s%n", "{{ 7*7 }}", "{% for %}", "None", "#", "-0",
    "../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "http://[", "http://\u202e.example", "data:,x", "+1",
    "javascript:alert(1)", "x" * 70_000, "2019-02-30T25:61:61Z", "D:99991399999999", "1,5", "\uff11\uff12",
    "e\u0301" * 40, "\U000e0041", "C:\\x\\y.docx", "A&amp;B",
)  # fmt: skip
"""What stands in an attribute, a field or a scalar, where a number, a name, a date or an address is meant."""
CONTROLS = (b"\x00", b"\x1b[31m", b"\xff\xfe", b"\xed\xa0\x80", b"\xc3", b"\x85", b"\x0b", b"\r")
MOST = 2_000_000
"""Bytes of a file that grows."""


def value(chance: Random) -> str:
    """Choose a hostile value."""
    return chance.choice(VALUES)


def _slice(chance: Random, data: bytes, most: int = 4000) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.randint(1, most))


def flip_bits(chance: Random, data: bytes) -> bytes:
    """Turn a few bits over."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut_tail(chance: Random, data: bytes) -> bytes:
    """Lose the end."""
    return data[: chance.randrange(len(data) + 1)]


def cut_slice(chance: Random, data: bytes) -> bytes:
    """Lose a piece."""
    start, end = _slice(chance, data)
    return data[:start] + data[end:]


def double_slice(chance: Random, data: bytes) -> bytes:
    """Have a piece twice, or many times."""
    start, end = _slice(chance, data)
    times = chance.choice((2, 2, 3, 100))
    return data[:start] + data[start:end] * min(times, MOST // max(1, end - start)) + data[end:]


def swap_slices(chance: Random, data: bytes) -> bytes:
    """Exchange two pieces."""
    (a, b), (c, d) = sorted((_slice(chance, data), _slice(chance, data)))
    b = min(b, c)
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def overwrite(chance: Random, data: bytes) -> bytes:
    """Put zeros, ones or noise over a piece."""
    start, end = _slice(chance, data, 64)
    size = end - start
    return data[:start] + chance.choice((bytes(size), b"\xff" * size, chance.randbytes(size))) + data[end:]


def insert_control(chance: Random, data: bytes) -> bytes:
    """Put in bytes that no text has."""
    start = chance.randrange(len(data) + 1)
    return data[:start] + chance.choice(CONTROLS) + data[start:]


def prefix(chance: Random, data: bytes) -> bytes:
    """Put something before the beginning."""
    return (
        chance.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\n" * 20, b"%PDF-1.7\n", b"PK\x03\x04", chance.randbytes(30)))
        + data
    )


def empty(_chance: Random, _data: bytes) -> bytes:
    """Leave nothing."""
    return b""


COMMON: tuple[Callable[[Random, bytes], bytes], ...] = (
    flip_bits, flip_bits, cut_tail, cut_slice, double_slice, swap_slices, overwrite, insert_control, prefix,
)  # fmt: skip
