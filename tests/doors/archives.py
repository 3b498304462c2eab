"""Damage of Word files and workbooks: their members, the XML in them, and what leads from one to another."""

from __future__ import annotations

import io
import re
import zipfile
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from doors.hostile import COMMON, value

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Parts = list[tuple[str, bytes]]

ATTRIBUTE = re.compile(rb' ([\w:]+)="([^"]*)"')
ELEMENT = re.compile(rb"<([\w:]+)(?: [^<>]*)?/>|<([\w:]+)(?: [^<>]*)?>[^<>]*</\2>")
TEXT = re.compile(rb">([^<>]+)<")
NAMES = (
    "../../etc/x",
    "/etc/x",
    "word\\document.xml",
    "\u202ex.xml",
    "x" * 300,
    "",
    "word/document.xml",
    "_rels/.rels",
    "a/../b",
    "CON",
)
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


@lru_cache(maxsize=64)
def _read(data: bytes) -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return tuple((each.filename, archive.read(each)) for each in archive.infolist() if not each.is_dir())


def _pick(chance: Random, parts: Parts, ends: tuple[str, ...] = ("",)) -> int:
    """The number of a part, more often one that is text."""
    fit = [number for number, (name, _) in enumerate(parts) if name.endswith(ends)]
    main = [number for number in fit if parts[number][0].endswith(("document.xml", "sheet1.xml", ".rels"))]
    return chance.choice(main if main and chance.random() < 0.5 else fit or range(len(parts)))


def change_attributes(chance: Random, parts: Parts) -> None:
    """Put hostile values in the place of attributes."""
    number = _pick(chance, parts, (".xml", ".rels"))
    name, data = parts[number]
    found = list(ATTRIBUTE.finditer(data))
    many = chance.choice((1, 1, 2, 10))
    for at in sorted(chance.sample(found, min(len(found), many)), key=lambda each: -each.start()):
        put = quoteattr(value(chance)).encode("utf-8", "surrogatepass")
        new = chance.choice((b" " + at.group(1) + b"=" + put,) * 4 + (b"", at.group() * 2))
        data = data[: at.start()] + new + data[at.end() :]
    parts[number] = name, data


def change_elements(chance: Random, parts: Parts) -> None:
    """Lose, double, nest or rename an element."""
    number = _pick(chance, parts, (".xml", ".rels"))
    name, data = parts[number]
    if found := list(ELEMENT.finditer(data)):
        at, other = chance.choice(found), chance.choice(found)
        tag = at.group(1) or at.group(2)
        put = chance.choice(
            (
                b"",
                at.group() * 2,
                at.group() * 3000,
                other.group(),
                b"<" + tag + b">" + at.group() + b"</" + tag + b">",
                (b"<" + tag + b">") * 3000 + (b"</" + tag + b">") * 3000,
                at.group().replace(tag, other.group(1) or other.group(2)),
                b"<!-- x -->",
                b"<?x y?>",
                b"<![CDATA[<w:p>]]>",
                at.group().replace(b">", b" xmlns:w='urn:x'>", 1),
            )
        )
        data = data[: at.start()] + put + data[at.end() :]
    parts[number] = name, data


def change_text(chance: Random, parts: Parts) -> None:
    """Put a hostile value in the place of a text."""
    number = _pick(chance, parts, (".xml",))
    name, data = parts[number]
    if found := list(TEXT.finditer(data)):
        at = chance.choice(found)
        put = value(chance).replace("&", "&amp;").replace("<", "&lt;").encode("utf-8", "surrogatepass")
        data = data[: at.start(1)] + put + data[at.end(1) :]
    parts[number] = name, data


def spoil_xml(chance: Random, parts: Parts) -> None:
    """Give a part entities, another encoding, or bytes that no XML has."""
    number = _pick(chance, parts, (".xml", ".rels"))
    name, data = parts[number]
    body = data[data.find(b"?>") + 2 :] if data.startswith(b"<?xml") else data
    parts[number] = (
        name,
        chance.choice(
            (
                b'<?xml version="1.0"?>' + ENTITIES + body.replace(b">", b">&b;&c;", 3),
                b'<?xml version="1.0" encoding="utf-16"?>' + body,
                ('<?xml version="1.0" encoding="utf-16"?>' + body.decode("utf-8", "replace")).encode("utf-16"),
                b"\xef\xbb\xbf" + data,
                b'<?xml version="1.1" encoding="x"?>' + body,
                b"",
                b"<x/>",
                body[::-1],
                body + body,
                body.replace(b"</", b"<", 1),
                b'<?xml version="1.0" encoding="iso-8859-1"?>' + body,
                body.replace(b"schemas.openxmlformats.org", b"purl.oclc.org/ooxml"),
            )
        ),
    )


def change_members(chance: Random, parts: Parts) -> None:
    """Lose, swap, double, cut or rename a member."""
    here, there = _pick(chance, parts), _pick(chance, parts)
    name, data = parts[here]
    match chance.randrange(7):
        case 0:
            del parts[here]
        case 1:
            parts[here], parts[there] = (name, parts[there][1]), (parts[there][0], data)
        case 2:
            parts.append((name, parts[there][1]))
        case 3:
            parts[here] = name, data[: chance.randrange(len(data) + 1)]
        case 4:
            parts[here] = chance.choice(NAMES), data
        case 5:
            parts[here] = name, data + b" " * chance.choice((1_000_000, 60_000_000))
        case _:
            parts[here] = name, chance.choice(COMMON)(chance, data)


def lead_elsewhere(chance: Random, parts: Parts) -> None:
    """Have a relationship lead to itself, to nothing, or out of the file."""
    number = _pick(chance, parts, (".rels",))
    name, data = parts[number]
    if found := list(re.finditer(rb'Target="([^"]*)"', data)):
        at = chance.choice(found)
        put = chance.choice(
            (
                b"",
                b"#",
                b"document.xml",
                b"../word/document.xml",
                b"/word/document.xml",
                b"NULL",
                b"http://[",
                b"../../../x",
                b"%2e%2e/x",
                b"word/",
                b"//",
                b"\xe2\x80\xae",
            )
        )
        data = data[: at.start(1)] + put + data[at.end(1) :]
    parts[number] = name, data


CHANGES: tuple[Callable[[Random, Parts], None], ...] = (
    change_attributes,
    change_attributes,
    change_elements,
    change_elements,
    change_text,
    spoil_xml,
    change_members,
    lead_elsewhere,
)
METHODS = (zipfile.ZIP_DEFLATED,) * 8 + (zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


def spoil_archive(chance: Random, data: bytes) -> tuple[str, bytes]:
    """Damage a zip that is whole; say how."""
    parts, how = list(_read(data)), chance.choices(CHANGES, k=chance.choice((1, 1, 1, 2)))
    for each in how:
        each(chance, parts)
    out, method = io.BytesIO(), chance.choice(METHODS)
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, part in parts:
            archive.writestr(zipfile.ZipInfo(name or "x"), part, method)
    packed = out.getvalue()
    if chance.random() < 0.1:  # the fields of the directory: sizes, flags, offsets
        at = packed.rfind(b"PK\x01\x02") + chance.randrange(46)
        packed = packed[:at] + bytes([chance.choice((0, 1, 255, 8, 64))]) + packed[at + 1 :]
    return "+".join(each.__name__ for each in how), packed
