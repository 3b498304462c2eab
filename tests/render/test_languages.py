"""Whatever language words are in, the file says so: in page, PDF and Word."""

from __future__ import annotations

import re
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest
from lxml import etree, html

from machine import PATIENCE, need_program
from pressgen.model.document import Paragraph
from pressgen.render import page, pdf, word
from render.documents import MEDIA, folder, leaf, piece, sample
from render.folders import HOUSES, locate, real
from render.pdf_reading import tree
from render.word_files import made
from word.maker import W, docx, p, pack, part, texts, unpack

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.etree import _Element

WELSH, FRENCH = "Ysgol yr Harbwr", "l’école du vent"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def languages(data: bytes, name: str = "word/document.xml") -> dict[str, dict[str, str]]:
    """What each run of a Word file that names a language says of it, by the run's text."""
    found = {}
    for run in part(data, name).iter(W + "r"):
        lang = run.find(f"{W}rPr/{W}lang")
        if lang is not None:
            found["".join(run.itertext())] = {key.removeprefix(W): str(each) for key, each in lang.items()}
    return found


@pytest.mark.parametrize("house", HOUSES)
def test_the_page_names_the_language_of_a_passage(house: str) -> None:
    root = html.document_fromstring(page.render(sample(), real(house), MEDIA).content.decode())
    found = {each.text_content(): each.get("lang") for each in root.iter("span") if each.get("lang")}

    assert found == {WELSH: "cy", FRENCH: "fr"}


@pytest.mark.parametrize("house", HOUSES)
def test_the_pdf_names_the_language_of_a_passage(house: str) -> None:
    root = tree(pdf.render(sample(), real(house), MEDIA, locate).content)
    found = {each.text.strip(): each.says["Lang"] for each in root.walk() if "Lang" in each.says}

    masthead = {"News release": "en-US"} if house == "university" else {}
    assert found == {WELSH: "cy", FRENCH: "fr"} | masthead


@pytest.mark.parametrize("house", HOUSES)
def test_word_names_the_language_of_a_passage(house: str) -> None:
    found = languages(made(house=house))

    assert found[WELSH] == {"val": "cy"}
    assert found[FRENCH] == {"val": "fr"}


def test_word_is_told_of_each_script_as_it_keeps_them() -> None:
    mixed = leaf(Paragraph, "body[0]", piece("שלום", language="he"), " ", piece("新闻", language="zh-Hans"))
    root = made(sample(body=(mixed,), notes=()))

    assert languages(root)["שלום"] == {"val": "he", "bidi": "he"}
    assert languages(root)["新闻"] == {"val": "zh-Hans", "eastAsia": "zh-Hans"}
    runs = {"".join(run.itertext()): run.find(f"{W}rPr/{W}rtl") for run in part(root).iter(W + "r")}
    assert runs["שלום"] is not None
    assert runs["新闻"] is None


@pytest.mark.parametrize("house", HOUSES)
def test_the_words_of_a_template_keep_its_language_in_a_release_in_another(house: str) -> None:
    """“Page 1 of 3” in a Welsh release is read aloud in English."""
    found = languages(made(sample(language="cy"), house), "word/footer1.xml")

    assert found["Page "]["val"] == {"inspectorate": "en-GB", "university": "en-US"}[house]
    values = languages(made(sample(language="cy"), house))
    assert not values.keys() & {str(sample().headline), "ENDS"}


def test_a_template_that_names_no_language_puts_none_on_its_words() -> None:
    parts = unpack(docx(p("Ours: {{ headline }}")))
    parts["word/styles.xml"] = re.sub(rb"<w:lang [^>]*/>", b"", parts["word/styles.xml"])
    data = word.render(sample(), folder({"release.docx": pack(parts)}), MEDIA).content

    assert [text for text in texts(data) if text.startswith("Ours: ")]
    assert languages(data) == {}


def test_libreoffice_takes_every_word_for_the_language_it_is_in(tmp_path: Path) -> None:
    (tmp_path / "release.docx").write_bytes(made(sample(language="en-GB")))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [need_program("soffice"), profile, "--headless", "--convert-to", "odt", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "release.docx")], capture_output=True, timeout=PATIENCE, check=True)
    with zipfile.ZipFile(tmp_path / "release.odt") as archive:
        content, styles = (etree.fromstring(archive.read(name)) for name in ("content.xml", "styles.xml"))
    automatic = {each.get(STYLE + "name"): spoken_by(each) for each in content.iter(STYLE + "style")}
    found = {
        "".join(each.itertext()): automatic.get(each.get(TEXT + "style-name")) for each in content.iter(TEXT + "span")
    }

    assert found[WELSH] == "cy"
    assert found[FRENCH] == "fr"
    defaults = [spoken_by(each) for each in styles.iter(STYLE + "default-style")]
    assert "en" in defaults


def spoken_by(style: _Element) -> str | None:
    properties = style.find(STYLE + "text-properties")
    return None if properties is None else properties.get(FO + "language")
