"""Everything that is shipped or used comes with its licence."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from licences import FILE, ROW, UNKNOWN, list_licences
from machine import ROOT, build_wheel

PDF = ROOT / "src" / "pressgen" / "pdf"


def test_the_list_of_licences_is_what_the_locked_packages_state() -> None:
    """Where it fails, `make lock` or `cd tests && ../.venv/bin/python -m licences` writes it anew."""
    text = FILE.read_text("utf-8")

    assert list_licences(text) == text


def test_every_package_has_a_known_licence() -> None:
    rows = dict(ROW.findall(FILE.read_text("utf-8")))

    assert len(rows) > 100
    assert [name for name, licence in rows.items() if licence == UNKNOWN] == []


def test_the_wheel_carries_the_licences(tmp_path: Path) -> None:
    names = set(ZipFile(build_wheel(ROOT, tmp_path)).namelist())

    carried = {name.partition(".dist-info/licenses/")[2] for name in names}
    assert {"LICENSE", "THIRD-PARTY-LICENCES.md", "src/pressgen/pdf/stamp-OFL.txt"} <= carried
    assert {"pressgen/pdf/stamp-OFL.txt", "pressgen/pdf/stamp-origin.md"} <= names


def test_every_typeface_has_its_licence_beside_it() -> None:
    fonts = [path for where in ("src", "templates") for path in (ROOT / where).rglob("*.[ot]tf")]

    assert len(fonts) > 5
    for path in fonts:
        texts = [each.read_text("utf-8") for each in path.parent.glob("*-OFL.txt")]
        assert any("SIL OPEN FONT LICENSE Version 1.1" in text for text in texts), path


def test_the_stamp_is_cut_from_source_sans_under_another_name() -> None:
    stamp = TTFont(PDF / "stamp.ttf")
    whole = TTFont(ROOT / "templates" / "inspectorate" / "fonts" / "SourceSans3-Regular.ttf")

    def outlines(font: TTFont, code: int) -> tuple[float, list[object]]:
        pen, glyph = DecomposingRecordingPen(font.getGlyphSet()), font.getGlyphSet()[font.getBestCmap()[code]]
        glyph.draw(pen)
        return glyph.width, pen.value

    codes = sorted(stamp.getBestCmap())
    assert len(codes) > 500
    assert [chr(code) for code in codes if outlines(stamp, code) != outlines(whole, code)] == []
    assert stamp["name"].getDebugName(0) == whole["name"].getDebugName(0)
    assert stamp["name"].getDebugName(0) in (PDF / "stamp-OFL.txt").read_text("utf-8")
    assert not any("Source" in str(stamp["name"].getDebugName(number)) for number in (1, 3, 4, 6, 16))
