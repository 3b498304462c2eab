"""Copies of a house whose Word file was changed as a house's own would be."""

from __future__ import annotations

import io
import shutil
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from houses.parts import OFFICE, WORDML
from machine import ROOT
from pressgen.actions.build.build import BuildRequest, build
from pressgen.actions.setup.template import check_house
from pressgen.actions.setup.trial import YEAR
from pressgen.actions.setup.trial_release import draw_trial_pictures, write_trial_release
from pressgen.actions.workspace.folder import Workspace, load_house
from pressgen.errors import InputError, Place
from pressgen.model.artifact import Format, Variant
from pressgen.word.names import WML

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Edit = Callable[[dict[str, str]], None]

HOUSE = "inspectorate"
BODY, HEADER, FIRST, FOOTER, STYLES, SETTINGS = (
    f"word/{name}.xml" for name in ("document", "header1", "header2", "footer1", "styles", "settings")
)
RELS, TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
W = f"{{{WML}}}"


def read_word_file() -> dict[str, bytes]:
    """Return the parts of the house's Word file."""
    with zipfile.ZipFile(ROOT / "templates" / HOUSE / "release.docx") as file:
        return {name: file.read(name) for name in file.namelist()}


def pack_word_file(parts: Mapping[str, bytes]) -> bytes:
    """Return the bytes of a Word file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def edit_word_file(*edits: Edit) -> bytes:
    """Return the house's Word file after edits of its parts as text."""
    raw = read_word_file()
    texts = {name: part.decode() for name, part in raw.items() if name.endswith((".xml", ".rels"))}
    for edit in edits:
        edit(texts)
    return pack_word_file(raw | {name: text.encode() for name, text in texts.items()})


def swap(part: str, old: str, new: str) -> Edit:
    """Return an edit that replaces a text, which must be there."""

    def edit(parts: dict[str, str]) -> None:
        assert old in parts[part], f"{part} has no {old}"
        parts[part] = parts[part].replace(old, new)

    return edit


def add_part(kind: str, name: str, content: str, ident: str) -> Edit:
    """Return an edit that adds a header or footer, related to the body."""

    def edit(parts: dict[str, str]) -> None:
        root = {"header": "hdr", "footer": "ftr"}[kind]
        parts[f"word/{name}"] = f'<w:{root} xmlns:w="{WML}" xmlns:r="{OFFICE}">{content}</w:{root}>'
        rel = f'<Relationship Id="{ident}" Type="{OFFICE}/{kind}" Target="{name}"/>'
        parts[RELS] = parts[RELS].replace("</Relationships>", rel + "</Relationships>")
        types = f'<Override PartName="/word/{name}" ContentType="{WORDML}.{kind}+xml"/>'
        parts[TYPES] = parts[TYPES].replace("</Types>", types + "</Types>")

    return edit


def lay_out(tmp_path: Path, word_file: bytes) -> Workspace:
    """Make a workspace with the house, its Word file changed, and the trial release to build in it."""
    shutil.copytree(ROOT / "templates" / HOUSE, tmp_path / "templates" / HOUSE)
    (tmp_path / "templates" / HOUSE / "release.docx").write_bytes(word_file)
    workspace = Workspace(tmp_path)
    folder, _ = load_house(workspace, HOUSE, Place("templates"))
    release = tmp_path / "releases" / "trees"
    release.mkdir(parents=True)
    (release / "release.yaml").write_bytes(write_trial_release(HOUSE, folder.house, year=YEAR))
    for name, data in draw_trial_pictures().items():
        (release / name).write_bytes(data)
    return workspace


def check(tmp_path: Path, word_file: bytes) -> list[str]:
    """Return what `template check` says of the house with this Word file."""
    return [str(each) for each in check_house(lay_out(tmp_path, word_file), HOUSE).problems]


def build_word(workspace: Workspace, variant: Variant = Variant.EMBARGOED) -> list[str] | bytes:
    """Build the Word file of the release; return it, or the problems."""
    request = BuildRequest(workspace, workspace.root / "releases" / "trees", (Format.DOCX,), (variant,))
    try:
        result = build(request)
    except InputError as refusal:
        return [str(each) for each in refusal.problems]
    return result.artifacts[0][1].content


def read_part(word_file: list[str] | bytes, name: str) -> etree._Element:
    """Return the root of a part of a built file."""
    assert isinstance(word_file, bytes), word_file
    with zipfile.ZipFile(io.BytesIO(word_file)) as file:
        return etree.fromstring(file.read(name))
