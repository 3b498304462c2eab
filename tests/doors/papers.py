"""Damage of PDFs: their objects, streams, table of objects and keys."""

from __future__ import annotations

import io
import re
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pikepdf

from doors.hostile import COMMON

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

NUMBER = re.compile(rb"(?<=[\s\[/(<])-?\d+(?:\.\d+)?(?=[\s\]/)>])")
NAME = re.compile(rb"/[A-Za-z][\w]{0,30}")
REFERENCE = re.compile(rb"\d+ 0 R")
LENGTH = re.compile(rb"/Length \d+")
PLACE = re.compile(rb"^\d{10} \d{5} n", re.MULTILINE)
NUMBERS = (
    b"0",
    b"-1",
    b"1.5",
    b"99999999999",
    b"2147483648",
    b"1e9",
    b"null",
    b"()",
    b"[]",
    b"<<>>",
    b"/X",
    b"true",
    b"-0.0",
    b"9" * 400,
)
FILTERS = (
    b"/Filter /LZWDecode",
    b"/Filter /JBIG2Decode",
    b"/Filter /ASCII85Decode",
    b"/Filter [" + b"/FlateDecode " * 60 + b"]",
    b"/Filter /Crypt",
    b"/Filter /X",
    b"/Filter /RunLengthDecode",
    b"/F (x)",
)
ENCRYPT = b"/Encrypt << /Filter /Standard /V 4 /R 4 /Length 128 /P -44 /O (x) /U (y) >> /Size "
VALUES: tuple[Callable[[], Any], ...] = (
    lambda: None,
    lambda: -1,
    lambda: 0,
    lambda: 99999999999,
    lambda: 1.5,
    lambda: True,
    lambda: pikepdf.String(""),
    lambda: pikepdf.String("\u202ex"),
    lambda: pikepdf.String(b"\xff\xfe\x00"),
    lambda: pikepdf.Name("/X"),
    lambda: pikepdf.Name("/"),
    lambda: pikepdf.Array([]),
    pikepdf.Dictionary,
    lambda: pikepdf.Array([1, -1, 0, 5000]),
    lambda: pikepdf.Array([pikepdf.Array([pikepdf.Array([])])]),
    lambda: pikepdf.String("x" * 70_000),
    lambda: pikepdf.Array([0] * 50_000),
    lambda: pikepdf.Array([None, True, "x"]),
    lambda: pikepdf.Dictionary(K=pikepdf.Dictionary(K=1)),
)


@lru_cache(maxsize=64)
def _plain(data: bytes) -> bytes:
    """The same PDF with its streams open to sight, a table of objects and no streams of objects."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        opened.save(out, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable, fix_metadata_version=False)
    return out.getvalue()


def _replace(
    chance: Random, data: bytes, pattern: re.Pattern[bytes], choices: tuple[bytes, ...], many: int = 1
) -> bytes:
    found = list(pattern.finditer(data))
    for at in sorted(chance.sample(found, min(many, len(found))), key=lambda each: -each.start()):
        data = data[: at.start()] + chance.choice(choices) + data[at.end() :]
    return data


def change_numbers(chance: Random, data: bytes) -> bytes:
    """Put hostile values in the place of numbers."""
    return _replace(chance, data, NUMBER, NUMBERS, chance.choice((1, 1, 5, 20)))


def change_names(chance: Random, data: bytes) -> bytes:
    """Put other names of the file in the place of some."""
    names = tuple({each.group() for each in NAME.finditer(data)})
    return _replace(chance, data, NAME, names or (b"/X",), chance.choice((1, 1, 5)))


def change_references(chance: Random, data: bytes) -> bytes:
    """Have objects lead to others, to themselves or to none."""
    found = tuple({each.group() for each in REFERENCE.finditer(data)})
    return _replace(chance, data, REFERENCE, (*found, b"0 0 R", b"99999 0 R", b"null"), chance.choice((1, 1, 4)))


def change_streams(chance: Random, data: bytes) -> bytes:
    """Give a stream another length or filter."""
    choices = (b"/Length 0", b"/Length -1", b"/Length 99999999", *(b"/Length 40 " + each for each in FILTERS))
    return _replace(chance, data, LENGTH, choices, chance.choice((1, 2)))


def change_table(chance: Random, data: bytes) -> bytes:
    """Spoil the table of objects or the trailer."""
    size = data.rfind(b"/Size ")
    return chance.choice(
        (
            _replace(chance, data, PLACE, (b"0000000000 00000 n", b"9999999999 00000 n", b"0000000015 65535 f"), 3),
            data[:size] + ENCRYPT + data[size + 6 :],
            data[:size] + b"/Prev 0 " + data[size:],
            data[:size] + b"/Size 99999999 " + data[size:],
            data.replace(b"startxref", b"startxre", 1),
            data.replace(b"trailer", b"trailed", 1),
            data + data[data.rfind(b"xref") :],
            data.replace(b"%PDF-1", b"%PDF-9", 1),
            data.replace(b"/Root", b"/Toor"),
            re.sub(rb"/Prev \d+", b"/Prev 10", data),
        )
    )


def nest(chance: Random, data: bytes) -> bytes:
    """Put arrays into arrays, deeply, or operators after operators."""
    opening, closing = chance.choice(
        ((b"[", b"]"), (b"<<", b">>"), (b"<</K ", b">>"), (b"(", b")"), (b"q ", b"Q "), (b"BT ", b"ET "))
    )
    deep = chance.choice((300, 30_000))
    return _replace(chance, data, NUMBER, (opening * deep + closing * deep,))


TEXTUAL = (change_numbers, change_numbers, change_names, change_references, change_streams, change_table, nest)


def change_objects(chance: Random, data: bytes) -> bytes:
    """Put values of other kinds into dictionaries and arrays, and save the file as it should be."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        objects = [
            each for each in opened.objects if isinstance(each, (pikepdf.Dictionary, pikepdf.Array, pikepdf.Stream))
        ]
        for _ in range(chance.choice((1, 1, 2, 6))):
            _change(chance, chance.choice(objects), objects)
        opened.save(out, fix_metadata_version=False, compress_streams=False)
    return out.getvalue()


def _change(chance: Random, one: Any, objects: list[Any]) -> None:  # noqa: ANN401 - pikepdf's objects are of any kind
    new = chance.choice(objects) if chance.random() < 0.3 else chance.choice(VALUES)()
    if isinstance(one, pikepdf.Array):
        if len(one):
            one[chance.randrange(len(one))] = new
        return
    if isinstance(one, pikepdf.Stream) and chance.random() < 0.5:
        one.write(chance.choice(COMMON)(chance, one.read_raw_bytes()))
        return
    keys = [each for each in one.keys() if each != "/Length"]  # noqa: SIM118 - a Dictionary goes over its values
    key = chance.choice(keys) if keys else "/K"
    if new is None:
        del one[key]
    else:
        one[key] = new


def spoil_paper(chance: Random, data: bytes) -> tuple[str, bytes]:
    """Damage a PDF that is whole; say how."""
    if chance.random() < 0.5:
        return "change_objects", change_objects(chance, data)
    how = chance.choice(TEXTUAL)
    return how.__name__, how(chance, _plain(data))
