"""Damaged, protected, huge and hostile files end in a clear message, soon and in little memory."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from effort import at_most
from machine import PATIENCE
from pressgen.validate import file
from pressgen.validate.file import validate_file
from validate.good import BODY, codes, edited, elements, first, paper, parts, redrawn, spoilt, word, zipped
from validate.pdf_faults import entry, fonts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MB = 1024 * 1024
UNREAD = {"V01", "V02", "V03", "V04", "V05", "W01", "W02"}
LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1_200_000_000, 1_200_000_000))
import pressgen.__main__
"""
"""The command in a process that may not take more memory than this."""


def in_little_memory(data: bytes, folder: Path) -> str:
    """What the command says of a file in its own time and 1.2 GB."""
    path = folder / "file"
    path.write_bytes(data)
    command = [sys.executable, "-c", LIMITED, "verify", str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert ran.returncode == 1, ran.stderr
    assert ran.stderr == ""
    return ran.stdout


def with_drawing(drawing: bytes, filters: int = 1) -> bytes:
    """A PDF of one page whose drawing is packed some times over."""
    for _ in range(filters):
        drawing = zlib.compress(drawing, 9)
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    stream = pdf.make_stream(b"")
    stream.write(drawing, filter=Array([Name.FlateDecode] * filters))
    pdf.pages[0].Contents = stream
    pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def looping_pages(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)


def looping_resources(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    del page["/Resources"]
    page.Parent = pdf.make_indirect(Dictionary())
    page.Parent.Parent = page.Parent


def looping_form(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(b"/Self Do /Self Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]))
    form.Resources = Dictionary(XObject=Dictionary(Self=form))
    pdf.pages[0].Resources.XObject["/Self"] = form
    redrawn(pdf, after=b"/Artifact BMC /Self Do EMC 0 0 1 1 re f")


def looping_numbers(pdf: pikepdf.Pdf) -> None:
    tree = pdf.Root.StructTreeRoot.ParentTree
    tree.Kids = Array([tree, tree])
    pdf.Root.Names = Dictionary(EmbeddedFiles=tree)
    redrawn(pdf, after=b"0 0 1 1 re f")


def deep_structure(pdf: pikepdf.Pdf) -> None:
    at = first(pdf, "BlockQuote")
    for _ in range(5_000):
        below = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Strange, P=at))
        at.K = Array([below])
        at = below


def of_other_types(pdf: pikepdf.Pdf) -> None:
    """Numbers where there should be dictionaries, and the other way round."""
    for each in list(elements(pdf)):
        each.update({"/A": 7, "/ID": 10**12, "/Lang": Dictionary(), "/Alt": Array([])})
    pdf.pages[0].obj.update({"/Annots": Array([1, Dictionary(), Name.X]), "/StructParents": Name.X, "/Tabs": 3})
    pdf.Root.update({"/Lang": 5, "/MarkInfo": Array([]), "/ViewerPreferences": 1, "/Names": 2, "/Metadata": 3})
    pdf.Root.StructTreeRoot.update({"/RoleMap": Array([1]), "/ParentTree": 9})


def nested_cells(pdf: pikepdf.Pdf) -> None:
    deep_structure(pdf)
    for each in elements(pdf, "Strange"):
        each.S = Name.TH


def endless_characters(pdf: pikepdf.Pdf) -> None:
    for each in fonts(pdf):
        each.ToUnicode = pdf.make_stream(b"beginbfchar " * 20_000 + b"1 beginbfrange " + b"<0><ffff><41>" * 200_000)


def endless_widths(pdf: pikepdf.Pdf) -> None:
    for each in fonts(pdf):
        each.DescendantFonts[0].W = Array([0, 65535, 500] * 50_000)


LOOPS: dict[str, Callable[[pikepdf.Pdf], object]] = {
    "resources": looping_resources,
    "forms": looping_form,
    "numbers": looping_numbers,
    "depth": deep_structure,
    "types": of_other_types,
    "cells": nested_cells,
    "characters": endless_characters,
    "widths": endless_widths,
}


@pytest.mark.parametrize("change", LOOPS.values(), ids=LOOPS)
def test_loops_depths_and_wrong_types_in_a_pdf_come_to_an_end(change: Callable[[pikepdf.Pdf], object]) -> None:
    with at_most(200):
        assert codes(spoilt(change))


def test_pages_that_contain_themselves_come_to_an_end() -> None:
    data = paper().replace(b"/Kids [", b"/Kids [2 0 R 2 0 R 2 0 R ")

    assert isinstance(codes(data), set)


def test_a_bomb_in_a_pdf_is_not_unpacked(tmp_path: Path) -> None:
    assert "V04" in in_little_memory(with_drawing(bytes(256 * MB), 2), tmp_path)


def test_drawing_without_end_is_not_followed(tmp_path: Path) -> None:
    assert "V04 is too large to be verified (the drawing on page 1 is)" in in_little_memory(
        with_drawing(b"q Q " * 4 * MB), tmp_path
    )


def test_as_much_drawing_as_is_followed_takes_little_memory(tmp_path: Path) -> None:
    assert "MH01-005" in in_little_memory(with_drawing(b"f " * 700_000), tmp_path)


def packed(change: Callable[[pikepdf.Pdf, Any], object], data: bytes, **entries: Any) -> bytes:  # noqa: ANN401
    """The good PDF with a stream in it that unpacks to `data`, where `change` puts it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper())) as pdf:
        stream = pdf.make_stream(b"", **entries)
        stream.write(zlib.compress(data, 9), filter=Name.FlateDecode)
        change(pdf, pdf.make_indirect(stream))
        keeping: dict[str, Any] = {"fix_metadata_version": False, "compress_streams": False}
        pdf.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none, **keeping)
    return out.getvalue()


def test_a_picture_of_thirty_thousand_pixels_a_side_is_not_unpacked(tmp_path: Path) -> None:
    def place(pdf: pikepdf.Pdf, picture: Any) -> None:  # noqa: ANN401 - pikepdf's objects are of any kind
        pdf.pages[0].Resources.XObject["/Huge"] = picture
        redrawn(pdf, after=b"/Huge Do")

    size: dict[str, Any] = {"Width": 30_000, "Height": 30_000, "BitsPerComponent": 8, "ColorSpace": Name.DeviceGray}
    data = packed(place, bytes(900 * MB), Type=Name.XObject, Subtype=Name.Image, **size)

    assert "MH01-005" in in_little_memory(data, tmp_path)


@pytest.mark.parametrize("what", ["profile", "metadata", "characters", "font"])
def test_a_bomb_in_any_stream_that_is_read_is_not_unpacked(what: str, tmp_path: Path) -> None:
    def place(pdf: pikepdf.Pdf, bomb: Any) -> None:  # noqa: ANN401 - as above
        match what:
            case "profile":
                pdf.Root.OutputIntents[0].DestOutputProfile = bomb
            case "metadata":
                pdf.Root.Metadata = bomb
            case "characters":
                fonts(pdf)[0].ToUnicode = bomb
            case _:
                fonts(pdf)[0].DescendantFonts[0].FontDescriptor.FontFile2 = bomb

    assert "V04" in in_little_memory(packed(place, bytes(300 * MB)), tmp_path)


def test_a_bomb_of_entities_in_the_metadata_is_not_lit(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "boom">{levels}]><x>&e11;</x>'.encode()

    def place(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Metadata = pdf.make_stream(bomb, Type=Name.Metadata, Subtype=Name.XML)

    assert "MH06" in in_little_memory(spoilt(place), tmp_path)


def test_what_a_file_says_cannot_write_on_the_terminal() -> None:
    (fault,) = (each for each in validate_file(spoilt(entry("P", "/Lang", String("\x1b[2J\n" * 9999))), "file"))

    assert str(fault).isprintable()
    assert len(str(fault)) < 500


def test_pages_without_end_are_not_followed() -> None:
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    for _ in range(12):
        pdf.pages.extend(list(pdf.pages))
    pdf.save(out)

    assert codes(out.getvalue()) == {"V04"}


def test_five_hundred_pages_are_judged_in_time() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper())) as pdf:
        pages = list(pdf.pages)
        while len(pdf.pages) < 500:
            pdf.pages.extend(pages)
        pdf.save(out)

    with at_most(600):
        assert not codes(out.getvalue()) & UNREAD


@pytest.mark.parametrize("share", [0.0, 0.01, 0.1, 0.5, 0.9, 0.99])
def test_what_is_cut_off_is_told(share: float) -> None:
    for data in (paper(), word()):
        assert codes(data[: int(len(data) * share)]) & UNREAD


@pytest.mark.parametrize("seed", range(40))
def test_no_damage_ends_in_a_traceback(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same damage in each run
    for good in (spoilt(lambda _: None, object_stream_mode=pikepdf.ObjectStreamMode.disable), word()):
        data = bytearray(good)
        for _ in range(chance.choice([1, 8, 64])):
            at = chance.randrange(len(data))
            data[at : at + chance.choice([1, 4])] = chance.randbytes(chance.choice([1, 4]))

        assert all(each.code and each.message for each in validate_file(bytes(data), "file"))


def test_a_password_is_told() -> None:
    lock: Any = pikepdf.Encryption(owner="o", user="u")

    assert codes(spoilt(lambda _: None, encryption=lock)) == {"V03"}


def test_a_word_file_with_a_password_is_told() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le")

    assert codes(data) == {"V03"}


def test_protection_that_lets_everybody_read_bars_only_archives() -> None:
    lock: Any = pikepdf.Encryption(owner="o", user="")

    assert codes(spoilt(lambda _: None, encryption=lock)) == {"A3-6.1.3"}


@pytest.mark.parametrize("data", [b"", b"text", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old .doc", b"\x89PNG"])
def test_a_file_of_another_kind_is_told(data: bytes) -> None:
    assert codes(data) == {"V01"}


def test_a_zip_that_is_no_word_file_is_told() -> None:
    assert codes(zipped({"mimetype": b"application/epub+zip"})) == {"V01"}


def test_a_zip_of_nothing_but_its_beginning_is_told() -> None:
    assert codes(b"PK\x03\x04 and no more") == {"W01"}


def test_a_file_beyond_all_measure_is_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "LARGEST", 1000)

    assert codes(paper()) == {"V04"}


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(BODY, "w") as part:
        for _ in range(300):
            part.write(bytes(MB))

    assert "W02 unpacks to more than 64 MB" in in_little_memory(out.getvalue(), tmp_path)


def test_a_zip_bomb_that_lies_about_its_size_is_not_unpacked(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(BODY, "w") as part:
        for _ in range(400):
            part.write(bytes(MB))
    data = bytearray(out.getvalue())
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")

    assert "W01" in in_little_memory(bytes(data), tmp_path)


def test_a_bomb_of_entities_is_not_lit(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE w:document [<!ENTITY e0 "boom">{levels}]><w:document'

    assert "W02" in in_little_memory(edited(BODY, "<w:document", bomb), tmp_path)


def test_elements_without_end_are_not_read(tmp_path: Path) -> None:
    content = parts(word())
    content[BODY] = content[BODY].replace(b"<w:sectPr>", b"<w:p/>" * 1_600_000 + b"<w:sectPr>")

    assert "V04" in in_little_memory(zipped(content), tmp_path)


def test_elements_nested_without_end_are_refused() -> None:
    deep = "<w:sdt>" * 5000 + "</w:sdt>" * 5000

    assert codes(edited(BODY, "<w:sectPr>", deep + "<w:sectPr>")) == {"W02"}


def test_a_long_document_in_word_is_judged_in_time() -> None:
    content = parts(word())
    paragraph = b'<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr><w:r><w:t>Words and words.</w:t></w:r></w:p>'
    content[BODY] = content[BODY].replace(b"<w:sectPr>", paragraph * 20_000 + b"<w:sectPr>")

    with at_most(200):
        assert codes(zipped(content)) == set()


def test_many_faults_of_one_kind_are_told_in_few_lines() -> None:
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p>" * 5000
    found = validate_file(edited(BODY, "<w:sectPr>", hidden + "<w:sectPr>"), "file")

    assert len(found) == file.MOST_OF_A_KIND
    assert sum("(and 4975 more of this kind)" in each.message for each in found) == 1
