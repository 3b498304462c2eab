"""Any bytes may be handed over as a template: what cannot be one is refused in words, never with a traceback."""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressgen.errors import InputError
from pressgen.word.template import FillContext, WordTemplate
from pressgen.word.text import read_blocks, read_headers_and_footers, read_paragraphs
from word.maker import IMPRINT, SHOWN, docx, p, pack, row, set_plainly, table, unpack

LOOP = table(row("{% for i in (1, 2) %}", ""), row("{{ i }}", ""), row("{% endfor %}", ""))
GOOD = docx(p("{{ x }}", "Heading1") + LOOP, margins=p("{{ x }}"))
PARTS = unpack(GOOD)


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        WordTemplate.load(data, SHOWN)
    return str(caught.value)


def changed(name: str, old: bytes, new: bytes) -> bytes:
    assert old in PARTS[name]
    return pack(PARTS | {name: PARTS[name].replace(old, new)})


def without(name: str) -> bytes:
    return pack({each: part for each, part in PARTS.items() if each != name})


def tried(data: bytes) -> None:
    """Load, check, fill, and read: each must end well or with a refusal."""
    with suppress(InputError):
        template = WordTemplate.load(data, SHOWN)
        if not template.check(["x"], ()):
            template.render(FillContext({"x": "V"}, {}, ("End Mark",), IMPRINT), set_plainly)
    for read in (read_paragraphs, read_headers_and_footers, read_blocks):
        with suppress(InputError):
            read(data)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_refused(data: bytes) -> None:
    assert SHOWN in refusal(data)
    assert SHOWN in refusal(b"PK\x03\x04" + data)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_file_with_damaged_bytes_is_refused_or_filled(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(GOOD) - 1))
    tried(GOOD[:at] + data.draw(st.binary(max_size=4)) + GOOD[at + data.draw(st.integers(0, 4)) :])


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_file_with_a_damaged_part_is_refused_or_filled(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([name for name in sorted(PARTS) if name.endswith((".xml", ".rels"))]))
    part = PARTS[name]
    at = data.draw(st.integers(0, len(part)))
    filling = data.draw(
        st.one_of(st.binary(max_size=3), st.sampled_from([b"w:", b'"', b"9", b"-1", b"x", b"{{", b"%}"]))
    )
    tried(pack(PARTS | {name: part[:at] + filling + part[at + data.draw(st.integers(0, 12)) :]}))


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_file_without_some_attribute_or_part_is_refused_or_filled(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(PARTS)))
    if data.draw(st.booleans()):
        tried(without(name))
        return
    found = list(re.finditer(rb' [\w:]+="[^"]*"', PARTS[name]))
    if found:
        hit = data.draw(st.sampled_from(found))
        tried(pack(PARTS | {name: PARTS[name][: hit.start()] + PARTS[name][hit.end() :]}))


@pytest.mark.parametrize("share", [0.02, 0.5, 0.99])
def test_a_file_that_was_cut_off_is_told_from_one_of_another_kind(share: float) -> None:
    assert "is not a whole .docx: its end is missing" in refusal(GOOD[: int(share * len(GOOD))])


def test_a_file_with_a_damaged_part_is_told_from_one_of_another_kind() -> None:
    data = bytearray(GOOD)
    at = data.index(b"word/document.xml") + 100
    data[at : at + 40] = bytes(40)

    assert "is not a whole .docx: parts of it are damaged" in refusal(bytes(data))


def test_an_old_doc_is_refused_with_a_way_out() -> None:
    assert "W01 is not a .docx; open it in Word and save it as" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def test_a_part_with_more_markup_than_any_release_is_refused() -> None:
    assert "word/styles.xml is larger than 200 pages need; make a shorter file" in refusal(
        pack(PARTS | {"word/styles.xml": b"<" * 600_001})
    )


def test_a_compression_that_word_does_not_know_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        for name, data in PARTS.items():
            archive.writestr(name, data)

    assert "is compressed in a way that Word does not use; save it again in Word" in refusal(out.getvalue())


def test_macros_are_refused() -> None:
    plain, macros = (
        b"openxmlformats-officedocument.wordprocessingml.document.main",
        b"ms-word.document.macroEnabled.main",
    )
    message = "W01 is not a Word document that pressgen can fill"
    assert message in refusal(changed("[Content_Types].xml", plain, macros))


def test_a_template_of_words_own_kind_is_taken() -> None:
    dotx = changed("[Content_Types].xml", b"wordprocessingml.document.main+xml", b"wordprocessingml.template.main+xml")
    made = WordTemplate.load(dotx, SHOWN).render(FillContext({"x": "V"}, {}, (), IMPRINT), set_plainly)
    assert b"wordprocessingml.document.main+xml" in unpack(made)["[Content_Types].xml"]


def test_a_document_type_is_refused() -> None:
    entity = b'standalone="yes"?><!DOCTYPE x [<!ENTITY e "boom">]>'
    assert "W02 the part word/document.xml declares a document type" in refusal(
        changed("word/document.xml", b'standalone="yes"?>', entity)
    )


def test_broken_xml_is_refused_by_the_name_of_its_part() -> None:
    assert "W02 the part word/styles.xml is not XML" in refusal(changed("word/styles.xml", b"</w:styles>", b""))


def test_a_part_that_is_there_twice_is_refused() -> None:
    """Programs differ in which of the two they show."""
    out = io.BytesIO(GOOD)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/document.xml", b"<other/>")
    assert "W02 contains a part twice" in refusal(out.getvalue())


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(65):
            part.write(bytes(1024 * 1024))
    assert "W02 unpacks to more than 64 MB" in refusal(out.getvalue())


def test_a_file_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(GOOD)
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    tried(bytes(data))


def test_elements_nested_without_end_are_refused() -> None:
    deep = b"<w:sdt>" * 5000 + b"</w:sdt>" * 5000
    assert "W02" in refusal(changed("word/document.xml", b"<w:body>", b"<w:body>" + deep))
