"""What other programs say of the Word files: a validator of Open XML, and LibreOffice."""

from __future__ import annotations

import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from houses.make import TEMPLATES
from machine import PATIENCE, need_program
from pressgen.word.text import read_paragraphs
from render.documents import public, reviewed, sample
from render.word_files import HOUSES, made

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TWINS = {"embargoed": sample(), "public": public(sample()), "review": reviewed(sample())}


def errors(path: Path) -> list[str]:
    return [str(each) for each in OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(str(path)).errors]


@pytest.mark.parametrize("house", HOUSES)
@pytest.mark.parametrize("twin", TWINS)
def test_the_validator_finds_nothing(house: str, twin: str, tmp_path: Path) -> None:
    path = tmp_path / "release.docx"
    path.write_bytes(made(TWINS[twin], house))
    assert errors(path) == []


@pytest.mark.parametrize("house", HOUSES)
def test_the_validator_finds_nothing_in_the_templates(house: str) -> None:
    assert errors(TEMPLATES / house / "release.docx") == []


@pytest.mark.parametrize("house", HOUSES)
def test_libreoffice_reads_the_same_paragraphs(house: str, tmp_path: Path) -> None:
    for name, twin in TWINS.items():
        (tmp_path / f"{name}.docx").write_bytes(made(twin, house))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    files = [str(tmp_path / f"{name}.docx") for name in TWINS]
    command = [need_program("soffice"), profile, "--headless", "--convert-to", "odt", "--outdir", str(tmp_path), *files]
    subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True)
    for name in TWINS:
        ours = [" ".join(text.split()) for text in read_paragraphs((tmp_path / f"{name}.docx").read_bytes()) if text]
        assert paragraphs_of(tmp_path / f"{name}.odt") == ours


def paragraphs_of(path: Path) -> list[str]:
    """The text of each paragraph of an OpenDocument file, empty ones left out."""
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("content.xml"))
    drawn = [f"{{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}}{kind}" for kind in ("frame", "custom-shape")]
    for node in list(root.iter(*drawn, TEXT + "sequence-decls")):
        for inner in list(node):
            node.remove(inner)
    found = (" ".join("".join(node.itertext()).split()) for node in root.iter(TEXT + "p", TEXT + "h"))
    return [text for text in found if text]
