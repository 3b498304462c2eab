"""What a Word file says of itself: and that it says the same on every machine, every day."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from pressgen.model.document import iter_leaves
from pressgen.render import word
from render.documents import MEDIA, folder, public, sample
from render.word_files import made, of_house
from word.maker import W, pack, part, unpack

DUBLIN = "{http://purl.org/dc/elements/1.1/}"


def core(data: bytes) -> dict[str, str]:
    return {etree.QName(node).localname: node.text or "" for node in part(data, "docProps/core.xml")}


def test_the_properties_are_those_of_the_release_not_of_the_template() -> None:
    found = core(made())
    urn = found.pop("identifier")
    assert urn.startswith("urn:pressgen:IHE-2031-014:embargoed:r0:")
    assert found == {
        "title": "Harbour schools teach navigation well, but too few girls take part",
        "subject": "EMBARGOED until 00:01 on Wednesday 12 March 2031",
        "creator": "Inspectorate of Harbour Education",
        "language": "en-GB",
        "lastModifiedBy": "Inspectorate of Harbour Education",
        "revision": "1",
        "created": "2031-03-12T00:01:00Z",
        "modified": "2031-03-12T00:01:00Z",
    }
    custom = part(made(), "docProps/custom.xml")
    assert ["".join(node.itertext()) for node in custom if node.get("name") == "pressgen"] == [urn]


def test_a_release_without_a_date_has_the_first_day_that_a_zip_knows() -> None:
    assert core(made(sample(dated=None)))["created"] == "1980-01-01T00:00:00Z"


def test_the_public_twin_says_nothing_of_an_embargo() -> None:
    found = core(made(public(sample())))
    assert found["subject"] == ""
    assert ":public:r0:" in found["identifier"]


def test_the_urn_changes_with_any_word_and_with_nothing_else() -> None:
    changed = replace(sample().headline, words=(replace(sample().headline.words[0], text="Other"),))
    first, again, other = (core(made(each))["identifier"] for each in (sample(), sample(), sample(headline=changed)))
    assert first == again != other


def test_only_the_embargoed_twin_carries_the_record_of_its_blocks_and_that_has_no_text() -> None:
    parts = unpack(made())
    record = etree.fromstring(parts["customXml/item1.xml"])
    assert [node.get("id") for node in record] == [block.id for block in iter_leaves(sample().blocks)]
    assert all(len(node.get("text", "")) == 16 for node in record)
    assert not "".join(record.itertext()).strip()
    assert not [name for name in unpack(made(public(sample()))) if name.startswith("customXml")]


@pytest.mark.parametrize("language", ["cy-GB", "en-US", "gd"])
def test_word_proofs_and_reads_aloud_in_the_language_of_the_release(language: str) -> None:
    data = made(sample(language=language))
    defaults = part(data, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert defaults is not None
    assert defaults.get(W + "val") == language
    assert core(data)["language"] == language


def test_word_does_not_take_the_language_of_the_machine_that_made_the_template() -> None:
    template = unpack(of_house()["release.docx"])
    note = b'<w:name w:val="Normal"/><w:rPr><w:lang w:val="de-DE"/></w:rPr>'
    template["word/styles.xml"] = template["word/styles.xml"].replace(b'<w:name w:val="Normal"/>', note)
    data = word.render(sample(), folder({"release.docx": pack(template)}), MEDIA).content
    assert b"de-DE" not in unpack(data)["word/styles.xml"]


def test_a_template_made_from_a_release_that_was_sent_tells_nothing_of_that_release() -> None:
    """It is how an office makes its template: take the last release, and put tags where its text was."""
    sent = unpack(made(sample(reference="OLD-1")))
    text = sent["word/document.xml"].replace(b"<w:sectPr", b"<w:p><w:r><w:t>{{ body }}</w:t></w:r></w:p><w:sectPr", 1)
    data = word.render(sample(), folder({"release.docx": pack(sent | {"word/document.xml": text})}), MEDIA).content
    parts = unpack(data)
    assert not [name for name, part in parts.items() if b"OLD-1:" in part]
    assert len([name for name in parts if name.startswith("customXml/item") and "Props" not in name]) == 1
    ids = [rel.get("Id") for rel in part(data, "word/_rels/document.xml.rels")]
    assert len(ids) == len(set(ids))
    names = [node.get(W + "name") for node in part(data).iter(W + "bookmarkStart")]
    assert len(names) == len(set(names))


def test_the_bytes_are_the_same_in_any_process_zone_and_hash_seed() -> None:
    code = "import hashlib, render.word_files as t; print(hashlib.sha256(t.made()).hexdigest())"
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=Path(__file__).parents[1],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(found) == 1
