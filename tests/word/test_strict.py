"""Strict Open XML is translated before anybody reads it."""

from __future__ import annotations

import pytest
from lxml import etree

from machine import ROOT
from pressgen.word.names import DRAWING, PACKAGE, REL, WML
from pressgen.word.package import MOST_TAGS, Package
from pressgen.word.strict import translate_strict
from word.strictly import make_strict

STRICT = "http://purl.oclc.org/ooxml"
NAMES = f'xmlns:w="{STRICT}/wordprocessingml/main" xmlns:a="{STRICT}/drawingml/main"'


def translated(inner: str) -> str:
    """One element as Transitional writes it, without names."""
    part = f"<w:p {NAMES}>{inner}</w:p>".encode()
    root = etree.fromstring(translate_strict({"a.xml": part}, MOST_TAGS)["a.xml"])
    text = etree.tostring(root[0]).decode()
    return " ".join(each for each in text.split(" ") if not each.startswith("xmlns:")).replace(
        f' xmlns:a="{DRAWING}"', ""
    )


@pytest.mark.parametrize(
    ("strict", "transitional"),
    [
        ('<w:jc w:val="start"/>', 'w:val="left"'),
        ('<w:jc w:val="end"/>', 'w:val="right"'),
        ('<w:jc w:val="both"/>', 'w:val="both"'),
        ('<w:tab w:val="end" w:pos="10cm"/>', 'w:val="right" w:pos="5669"'),
        ('<w:ind w:start="36pt" w:end="1in" w:firstLine="0"/>', 'w:left="720" w:right="1440" w:firstLine="0"'),
        ('<w:sz w:val="10.5pt"/>', 'w:val="21"'),
        ('<w:spacing w:before="-12pt" w:after="6pt"/>', 'w:before="-240" w:after="120"'),
        ('<w:tblW w:w="50%" w:type="pct"/>', 'w:w="2500" w:type="pct"'),
        ('<w:w w:val="90%"/>', 'w:val="90"'),
        ('<w:textDirection w:val="rl"/>', 'w:val="tbRl"'),
        ('<w:lang w:val="start"/>', 'w:val="start"'),
        ('<a:srcRect l="10%" r="12.5%"/>', 'l="10000" r="12500"'),
        ('<a:ext cx="2.54cm" cy="914400"/>', 'cx="914400" cy="914400"'),
        (f'<a:graphicData uri="{STRICT}/drawingml/picture"/>', f'uri="{DRAWING}/picture"'),
    ],
)
def test_a_value_of_strict_becomes_that_of_transitional(strict: str, transitional: str) -> None:
    assert transitional in translated(strict)


@pytest.mark.parametrize("name", ["12pt", "50%", "start", f"{STRICT}/wordprocessingml/main"])
def test_a_name_that_looks_like_a_measure_stays(name: str) -> None:
    assert f'w:val="{name}"' in translated(f'<w:pStyle w:val="{name}"/>')


def test_sides_of_a_table_are_named_as_in_transitional() -> None:
    part = f'<w:tbl {NAMES}><w:tblBorders><w:start w:val="single"/></w:tblBorders></w:tbl>'.encode()

    root = etree.fromstring(translate_strict({"a.xml": part}, MOST_TAGS)["a.xml"])

    assert root[0][0].tag == f"{{{WML}}}left"


@pytest.mark.parametrize(
    ("strict", "transitional"),
    [
        (f"{STRICT}/officeDocument/relationships/officeDocument", f"{REL}/officeDocument"),
        (f"{STRICT}/officeDocument/relationships/extendedProperties", f"{REL}/extended-properties"),
        (f"{STRICT}/officeDocument/relationships/metadata/thumbnail", f"{PACKAGE}/relationships/metadata/thumbnail"),
    ],
)
def test_a_kind_of_relation_is_translated(strict: str, transitional: str) -> None:
    part = f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Type="{strict}"/></Relationships>'.encode()

    root = etree.fromstring(translate_strict({"_rels/.rels": part}, MOST_TAGS)["_rels/.rels"])

    assert root[0].get("Type") == transitional


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_text_keeps_every_character(encoding: str) -> None:
    part = f'<w:p {NAMES}><w:t xml:space="preserve"> a &amp; “b” {STRICT}/x </w:t> c</w:p>'.encode(encoding)

    root = etree.fromstring(translate_strict({"a.xml": part}, MOST_TAGS)["a.xml"])

    assert "".join(root.itertext()) == f" a & “b” {STRICT}/x  c"


@pytest.mark.parametrize(
    "part", [b"<w:p>purl.oclc.org/ooxml/", b"<!DOCTYPE a><a>purl.oclc.org/ooxml/</a>", b"\x89PNG purl.oclc.org/ooxml/"]
)
def test_what_no_reader_takes_stays_as_it_is(part: bytes) -> None:
    assert translate_strict({"a.xml": part}, MOST_TAGS) == {"a.xml": part}


def test_a_strict_template_is_opened(strict_template: bytes) -> None:
    package = Package.of(strict_template, "release.docx")

    assert "styles" in package.related(package.body)
    assert not [name for name, part in package.parts.items() if b"purl.oclc.org" in part]


@pytest.fixture
def strict_template() -> bytes:
    """A house's template, saved again in Strict Open XML."""
    return make_strict((ROOT / "templates" / "inspectorate" / "release.docx").read_bytes())
