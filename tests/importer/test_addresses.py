"""Readers are read from what other programs write: workbooks, delimited text, vCards; hostile files are bounded."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import openpyxl
import pytest

from pressgen.errors import InputError, UsageError
from pressgen.importer.addresses.cards import read_cards
from pressgen.importer.addresses.columns import guess_columns, parse_columns
from pressgen.importer.addresses.entries import AddressEntries, read_entries
from pressgen.importer.addresses.plain import read_delimited
from pressgen.importer.addresses.table import AddressTable
from pressgen.importer.addresses.workbook import read_workbook
from word.maker import pack, unpack

GERMAN = ("Vorname", "Name", "Medium", "E-Mail")
ROWS = [("Zoë", "Weiß", "Der Bote", "zoe@bote.example"), ("Jan", "Ößl; Kurz", "Le “Monde”", "jan+press@monde.example")]


def workbook(*rows: tuple[object, ...], title: str = "Press") -> bytes:
    book = openpyxl.Workbook()
    assert book.active
    book.active.title = title
    for row in rows:
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def text(rows: list[tuple[str, ...]], delimiter: str = ",") -> str:
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=delimiter).writerows(rows)
    return made.getvalue()


def entries(table: AddressTable) -> AddressEntries:
    columns = guess_columns(table)
    assert columns
    return read_entries(table, columns)


def people(table: AddressTable) -> list[tuple[str, str, str]]:
    return [(each.name, each.outlet, each.email) for each in entries(table).readers]


def one(cell: str) -> AddressEntries:
    """What a cell gives, in a table of two columns."""
    (table,) = read_workbook(workbook(("Name", "Email"), ("Ada", cell)), "a.xlsx")
    return entries(table)


EXPECTED = [("Zoë Weiß", "Der Bote", "zoe@bote.example"), ("Jan Ößl; Kurz", "Le “Monde”", "jan+press@monde.example")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_delimited_text_of_any_delimiter_and_encoding(delimiter: str, encoding: str) -> None:
    (table,) = read_delimited(text([GERMAN, *ROWS], delimiter).encode(encoding), "a.csv")

    assert people(table) == EXPECTED
    assert bool(table.remarks) == (encoding == "cp1252")


def test_excel_may_name_its_delimiter() -> None:
    (table,) = read_delimited(("sep=;\r\n" + text([GERMAN, *ROWS], ";")).encode(), "a.csv")

    assert people(table) == EXPECTED


def test_a_workbook_with_a_title_above_its_head() -> None:
    (table,) = read_workbook(workbook(("Our press list",), (), GERMAN, *ROWS), "a.xlsx")

    assert people(table) == EXPECTED
    assert str(entries(table).readers[1].place) == "a.xlsx: sheet “Press”, cell D5"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (("Name", "Outlet", "Email address"), "Ada"),
        (("Enw", "Sefydliad", "Cyfeiriad e-bost"), "Ada"),
        (("Nom", "Organisme", "Adresse électronique"), "Ada"),
        (("Ansprechpartner", "Redaktion", "E-Mail-Adresse"), "Ada"),
        (("Nombre", "Organización", "Correo electrónico"), "Ada"),
        (("Nome", "Testata", "Posta elettronica"), "Ada"),
    ],
)
def test_heads_in_many_languages(head: tuple[str, ...], name: str) -> None:
    (table,) = read_workbook(workbook(head, ("Ada", "Echo", "ada@echo.example")), "a.xlsx")

    assert people(table) == [(name, "Echo", "ada@echo.example")]


def test_without_a_head_the_column_with_addresses_is_found() -> None:
    (table,) = read_delimited(b"Ada Moss,ada@echo.example\nJo Reed,jo@echo.example\n", "a.csv")

    assert people(table) == [("Ada Moss", "", "ada@echo.example"), ("Jo Reed", "", "jo@echo.example")]


def test_a_second_column_of_addresses_is_told_and_not_read() -> None:
    (table,) = read_workbook(workbook(("Name", "Email", "Email 2"), ("Ada", "a@x.example", "b@x.example")), "a.xlsx")
    columns = guess_columns(table)

    assert columns
    assert [columns.call(each) for each in columns.others] == ["C “Email 2”"]
    assert [each.email for each in entries(table).readers] == ["a@x.example"]


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("email", "--columns “email”: write it as email=E,name=B+C,outlet=D, by letters or by heads"),
        ("mail=A", "--columns “mail=A”: write it as email=E,name=B+C,outlet=D, by letters or by heads"),
        ("name=A", "--columns needs one column for email, and allows one for outlet and one for id"),
        ("email=B,outlet=A+B", "--columns needs one column for email, and allows one for outlet and one for id"),
    ],
)
def test_columns_in_another_form_are_refused_with_the_form(typed: str, refusal: str) -> None:
    (table,) = read_delimited(b"name,email\nAda,a@x.example\n", "a.csv")

    with pytest.raises(UsageError) as refused:
        parse_columns(table, typed)

    assert str(refused.value) == refusal


def test_columns_are_chosen_by_letters_or_by_heads() -> None:
    (table,) = read_workbook(workbook(("A", "B", "Anrede", "Post"), ("Ada", "Moss", "Ms", "a@x.example")), "a.xlsx")

    found = read_entries(table, parse_columns(table, "email=Post,name=C+B"))

    assert [(each.name, each.email) for each in found.readers] == [("Ms Moss", "a@x.example")]
    with pytest.raises(UsageError, match="there is no column “Mail”"):
        parse_columns(table, "email=Mail")


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("mailto:ada@x.example?subject=Hi", [("Ada", "ada@x.example")]),
        ("Moss, Ada <ada@x.example>", [("Ada", "ada@x.example")]),
        ("a@x.example; b@x.example", [("Ada", "a@x.example"), ("Ada", "b@x.example")]),
        ("Jo <a@x.example>, Al <b@x.example>", [("Jo", "a@x.example"), ("Al", "b@x.example")]),
        ("a@x.example\nb@x.example", [("Ada", "a@x.example"), ("Ada", "b@x.example")]),
        ("  ada@x.example\u00a0\u200b", [("Ada", "ada@x.example")]),
        ("‘ada@x.example’.", [("Ada", "ada@x.example")]),
        ("o'brien+press@x.example", [("Ada", "o'brien+press@x.example")]),
        ("jörg@münchen.example", [("Ada", "jörg@münchen.example")]),
        ("A@x.example; a@X.example", [("Ada", "A@x.example")]),
    ],
)
def test_addresses_as_people_type_them(cell: str, found: list[tuple[str, str]]) -> None:
    assert [(each.name, each.email) for each in one(cell).readers] == found


@pytest.mark.parametrize("cell", ["ada", "ada@x", "ada @ x.example", "@x.example", "a..b@x.example", "a@b@x.example"])
def test_what_is_no_address_is_reported_at_its_cell(cell: str) -> None:
    found = one(cell)

    assert not found.readers
    assert all(str(each.place) == "a.xlsx: sheet “Press”, cell B2" for each in found.bad)
    assert found.bad


def test_characters_that_nobody_sees_are_told() -> None:
    assert one("ada@x.example\u200b").remarks == [
        "a.xlsx: sheet “Press”, cell B2: invisible characters were removed from the address"
    ]
    assert one("ada@x.example").remarks == []


def test_a_formula_is_text_and_one_without_a_value_is_told() -> None:
    (table,) = read_workbook(workbook(("Name", "Email"), ('=HYPERLINK("http://x","y")', "a@x.example")), "a.xlsx")
    (written,) = read_delimited(b"name,email\n\"=cmd|' /C calc'!A0\",a@x.example\n", "a.csv")

    (remark,) = table.remarks
    assert remark.startswith("the formula in A2 has no value yet and was read as empty: open the file in Excel")
    assert people(written) == [("=cmd|' /C calc'!A0", "", "a@x.example")]


def test_of_many_formulas_without_a_value_the_first_cells_are_named() -> None:
    rows = [("=A1", f"a{number}@x.example") for number in range(8)]

    (table,) = read_workbook(workbook(("Name", "Email"), *rows), "a.xlsx")

    assert table.remarks[0].startswith("the formulas in A2, A3, A4, A5, A6 and 3 more have no value yet and were read")


def test_a_formula_that_cells_share_and_that_has_no_value_is_told() -> None:
    made = workbook(("Name", "Email"), ("=A1", "a@x.example"))
    parts = unpack(made)
    sheet = parts["xl/worksheets/sheet1.xml"]
    shared = re.sub(rb"<f>.*?</f>(?:<v\s*/>|<v></v>)?", b'<f t="shared" si="0"/>', sheet)
    assert shared != sheet

    (table,) = read_workbook(pack(parts | {"xl/worksheets/sheet1.xml": shared}), "a.xlsx")

    assert table.remarks[0].startswith("the formula in A2 has no value yet")


def test_a_formula_without_a_value_is_told_of_its_own_sheet_alone() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(("Name", "Email"), ("Jo", "a@x.example"))))
    book.create_sheet("More").append(["x", "=A1"])
    made = io.BytesIO()
    book.save(made)

    first, _ = read_workbook(made.getvalue(), "a.xlsx")

    assert first.remarks == ()


def test_columns_that_are_not_read_are_found() -> None:
    (table,) = read_workbook(workbook(("Name", "Phone", "Email", "Notes"), ("Jo", "1", "a@x.example", "")), "a.xlsx")
    columns = guess_columns(table)

    assert columns is not None
    assert [columns.call(each) for each in columns.find_unread(table)] == ["B “Phone”", "D “Notes”"]


@pytest.mark.parametrize(
    ("hidden", "remark"),
    [
        ([2], "1 hidden or filtered row was read like all other rows"),
        ([2, 3], "2 hidden or filtered rows were read like all other rows"),
    ],
)
def test_hidden_rows_are_read_and_counted(hidden: list[int], remark: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(("Email",), ("a@x.example",), ("b@x.example",))))
    assert book.active
    for number in hidden:
        book.active.row_dimensions[number].hidden = True
    made = io.BytesIO()
    book.save(made)

    (table,) = read_workbook(made.getvalue(), "a.xlsx")

    assert table.remarks == (remark,)
    assert len(people(table)) == 2


def test_hidden_sheets_are_left_out_and_told() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(("Email",), ("a@x.example",))))
    book.create_sheet("Old").append(["b@x.example"])
    book["Old"].sheet_state = "veryHidden"
    made = io.BytesIO()
    book.save(made)

    (table,) = read_workbook(made.getvalue(), "a.xlsx")

    assert people(table) == [("a@x.example", "", "a@x.example")]
    assert table.remarks == ("the hidden sheet “Old” was not read",)


def patched(data: bytes, name: str, content: bytes) -> bytes:
    """A workbook with another part of that name."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for each in before.namelist():
            after.writestr(each, content if each == name else before.read(each))
    return made.getvalue()


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
UNKNOWN_ENCODING = b'<?xml version="1.0" encoding="x"?>'


@pytest.mark.parametrize(
    "content",
    [
        b" " * (129 * 1024 * 1024),
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + SHEET % b"",
        SHEET[:90],
        b"",
        UNKNOWN_ENCODING + SHEET % b"",
    ],
    ids=["bomb", "entities", "cut short", "empty", "unknown encoding"],
)
def test_a_hostile_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match="I10"):
        read_workbook(patched(workbook(("Email",)), "xl/worksheets/sheet1.xml", content), "a.xlsx")


def test_a_row_far_below_and_a_cell_far_right_cost_nothing() -> None:
    rows = b'<row r="1"><c r="A1" t="inlineStr"><is><t>a@x.example</t></is></c></row>'
    rows += b'<row r="900000000000"><c r="ZZZ900000000000"><v>1</v></c></row>'
    data = patched(workbook(("Email",)), "xl/worksheets/sheet1.xml", SHEET % rows)

    (table,) = read_workbook(data, "a.xlsx")

    assert [row.cells for row in table.rows] == [("a@x.example",)]


def test_more_rows_than_a_list_has_are_refused() -> None:
    with pytest.raises(InputError, match="more than 100,000 rows"):
        read_delimited(b"a@x.example\n" * 100_002, "a.csv")


def test_no_text_and_no_workbook_are_refused() -> None:
    for data in (b"\xd0\xcf\x11\xe0" + b"\0\1\2" * 2000, b"PK\x03\x04" + b"\0" * 100):
        with pytest.raises(InputError, match="I10"):
            read_workbook(data, "a.xlsx")
    with pytest.raises(InputError, match="a quotation mark is opened but never closed"):
        read_delimited(b'name,email\n"Ada,a@x.example\n', "a.csv")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a@x.example\n" * 400 + b"\0", "is not text; save it as CSV or as .xlsx"),
        (b"\xff\xfea@x.example", "is not text in utf-16; save it as CSV (UTF-8)"),
        (b"Zo\x81,a@x.example\n", "is text in an unknown encoding; save it as CSV (UTF-8)"),
    ],
)
def test_text_that_cannot_be_decoded_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        read_delimited(data, "a.csv")


def test_a_workbook_with_more_text_than_any_list_is_refused() -> None:
    data = pack(unpack(workbook(("Email",))) | {"xl/sharedStrings.xml": b" " * (48 * 1024 * 1024 + 1)})

    with pytest.raises(InputError, match="contains too much text; save the sheet with the addresses alone"):
        read_workbook(data, "a.xlsx")


CARDS = """\
BEGIN:VCARD
VERSION:3.0
FN:Ada Moß
ORG:The Echo;News
EMAIL;TYPE=HOME:home@x.example
EMAIL;TYPE=WORK,PREF:ada@echo.example
PHOTO;ENCODING=b:AAAA
 BBBB
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Wei=C3=9F;J=C3=BCrgen
EMAIL;INTERNET:j@bote.example
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Nobody
END:VCARD
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_vcards_of_three_versions(ends: str) -> None:
    (table,) = read_cards(CARDS.replace("\n", ends).encode(), "a.vcf")
    found = entries(table)

    assert [(each.name, each.outlet, each.email) for each in found.readers] == [
        ("Ada Moß", "The Echo, News", "ada@echo.example"),
        ("Jürgen Weiß", "", "j@bote.example"),
    ]
    assert [str(each) for each in found.bad] == ["a.vcf: card 3: I11 no e-mail address for “Nobody”"]
    assert table.remarks == ("card 1, Ada Moß: home@x.example not used, but ada@echo.example",)


def test_a_card_without_an_end_is_told() -> None:
    (table,) = read_cards(b"BEGIN:VCARD\nFN:A\nEMAIL:a@x.example\nEND:VCARD\nBEGIN:VCARD\nFN:B\n", "a.vcf")

    assert table.remarks == ("1 card has no end, so it was left out",)


def test_a_file_that_breaks_off_within_cards_says_how_many_are_left_out() -> None:
    (table,) = read_cards(CARDS.encode() + b"BEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\n", "a.vcf")

    assert table.remarks[-1] == "2 cards have no end, so they were left out"


def test_a_card_that_cannot_be_read_is_told_and_the_others_are_read() -> None:
    (table,) = read_cards(b"BEGIN:VCARD\nno property\nEND:VCARD\n" + CARDS.encode(), "a.vcf")

    assert table.remarks[0] == "card 1 cannot be read, so it was left out"
    assert people(table)[0] == ("Ada Moß", "The Echo, News", "ada@echo.example")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"Ada Moss <ada@echo.example>\n", "contains no vCard"),
        (b"BEGIN:VCARD\n" * 100_001, "has more than 100,000 cards; split the file"),
    ],
)
def test_a_file_without_cards_and_one_with_too_many_are_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_cards(data, "a.vcf")


@pytest.mark.parametrize(
    ("hidden", "told"),
    [([2], "1 hidden or filtered row was"), ([1, 2], "2 hidden or filtered rows were")],
)
def test_hidden_rows_are_read_and_told(hidden: list[int], told: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(GERMAN, *ROWS)))
    for number in hidden:
        book.worksheets[0].row_dimensions[number + 1].hidden = True
    made = io.BytesIO()
    book.save(made)

    (table,) = read_workbook(made.getvalue(), "a.xlsx")

    assert table.remarks == (f"{told} read like all other rows",)
    assert len(people(table)) == 2
