"""Files from outside are hostile until proved otherwise."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from pressgen.errors import Refused
from pressgen.review.reading import read
from pressgen.review.receiving import proposals
from review.copies import samples

BODY = "word/document.xml"


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read(data, "in.docx")
    (problem,) = refused.value.problems
    return str(problem)


def with_part(name: str, part: bytes, copy: bytes | None = None) -> bytes:
    """A review copy with one part another one."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(copy or samples()[0].content)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for each in old.namelist():
            new.writestr(each, part if each == name else old.read(each))
        if name not in old.namelist():
            new.writestr(name, part)
    return file.getvalue()


def body(copy: bytes | None = None) -> bytes:
    with zipfile.ZipFile(io.BytesIO(copy or samples()[0].content)) as archive:
        return archive.read(BODY)


def test_a_file_with_a_password_is_named_as_one() -> None:
    assert "M02 has a password" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))


def test_what_is_no_zip_is_no_word_file() -> None:
    assert "W01 is not a .docx" in refusal(b"%PDF-1.7")


def test_a_zip_of_something_else_is_no_word_file() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("letter.txt", "Dear editor")

    assert "M01 is a zip file, and no Word document" in refusal(file.getvalue())


def test_a_bomb_is_not_unpacked() -> None:
    assert "W02 unpacks to more than 64 MB" in refusal(with_part("word/media/a.png", bytes(70 * 1024 * 1024)))


def test_a_document_type_is_refused() -> None:
    evil = body().replace(b"<w:document ", b'<!DOCTYPE w [<!ENTITY a "aaaa">]><w:document ', 1)

    assert "W02" in refusal(with_part(BODY, evil))


def test_a_hundred_thousand_changes_are_refused_at_once() -> None:
    many = b'<w:ins w:id="1" w:author="a"><w:r><w:t>x</w:t></w:r></w:ins>' * 100_000
    evil = body().replace(b"</w:p>", many + b"</w:p>", 1)

    assert "M03 holds 100,000 tracked changes" in refusal(with_part(BODY, evil))


def test_text_nested_beyond_reason_is_refused() -> None:
    deep = b"<w:ins>" * 5000 + b"</w:ins>" * 5000

    assert "W02" in refusal(with_part(BODY, body().replace(b"</w:p>", deep + b"</w:p>", 1)))


def test_macros_are_told_and_not_read() -> None:
    assert read(with_part("word/vbaProject.bin", b"x"), "in.docx").notices == ["holds macros; they were not read"]


def test_a_part_whose_controls_cross_a_change_is_mended_and_no_word_of_it_lost() -> None:
    copy = samples()[0]
    crossing = re.sub(
        rb'(w:name="_pg_\w+"/>)',
        rb'\1<w:sdt><w:sdtPr><w:tag w:val="x"/></w:sdtPr><w:sdtContent><w:ins w:id="5" w:author="Ann" w:date="">'
        rb"<w:r><w:t>New </w:t></w:r></w:sdtContent></w:sdt></w:ins>",
        body(),
        count=1,
    )

    file = read(with_part(BODY, crossing), "in.docx")

    assert "was broken by the program that saved it and has been mended" in file.notices[0]
    (found,) = proposals(copy.blocks, file)
    assert (found.kind, found.after, found.author) == ("edit", "New ", "Ann")
