from __future__ import annotations

import pytest

from load.sources import FOLDER, HOUSE, house_faults
from pressgen.load.house import read_house

WORDING = HOUSE.partition("\n")[2]
CASES = {
    "unknown field": (HOUSE + "adress: x\n", ["5:1: H01 no field “adress” here; did you mean “address”?"]),
    "missing field": (
        "name: County\nwording:\n  contact: [a]\n",
        ["2:1: H02 “embargo” is missing: the banner's lines, the first repeated on every page. Name: `embargo`,"
         " the moment"],
    ),
    "shape": ("name: [a]\n" + WORDING, ["1:7: H03 “name” expects text, found a list"]),
    "form": (
        HOUSE + "contacts: notes\n",
        ["5:11: H04 “contacts” cannot be “notes”; did you mean “note”?"],
    ),
    "language": (
        HOUSE + "language: British\n",
        ["5:11: H04 “British” is not a language; write its BCP 47 code, such as en-GB or cy"],
    ),
    "count": (
        "name: County\nwording: {embargo: [], contact: [a]}\n",
        ["2:20: H05 “embargo” needs at least 1 entry"],
    ),
    "two headings": (
        HOUSE + "  findings: [Area]\n",
        ["5:3: H02 “findings” has fewer entries than it needs"],
    ),
    "three headings": (HOUSE + "  findings: [A, B, C]\n", ["5:13: H05 “findings” has more than 2 entries"]),
    "lines of the headline": (
        HOUSE + "budget: {headline_lines: '100'}\n",
        ["5:27: H04 “100” is not a number of lines; write one from 1 to 99"],
    ),
    "country": (
        HOUSE + "style: {country: Britain}\n",
        ["5:18: H04 “Britain” is not a country; write its ISO 3166 code, such as GB or GB-SCT"],
    ),
    "a limit of nothing": (
        HOUSE + "style: {limits: {sentence: 0}}\n",
        ["5:28: H04 “0” is not a whole number from 1 to 99999"],
    ),
    "zone": (HOUSE + "zone: London\n", ["5:7: H11 “London” is not a time zone; did you mean “Europe/London”?"]),
    "a name in the banner": (
        "name: County\nwording: {embargo: ['{{ embrago | zone }}'], contact: [a]}\n",
        ["2:25: H10 there is no value called “embrago”; did you mean “embargo”?"],
    ),
    "a name in an attribution": (
        HOUSE + '  attribution: {first: "{{ role }} {{ nmae }}: "}\n',
        ["5:39: H10 there is no value called “nmae”; did you mean “name”?"],
    ),
    "a phrase never closed": (
        HOUSE + "  immediate: x {{ y\n",
        ["5:16: H09 “{{” is never closed by “}}”; for the characters themselves write \\{\\{"],
    ),
    "a standing section": (
        HOUSE + "boilerplate:\n  - text: [a, 'b {{ facts. }}']\n",
        ["6:21: H09 “facts.” cannot be read: expected name or number"],
    ),
    "yaml": (HOUSE + "name: x\n", ["5:1: Y10 “name” is here a second time; the first is in line 1"]),
    "logo elsewhere": (
        HOUSE + "logo: {file: ../logo.svg, alt: x}\n",
        ["5:14: H07 “../logo.svg” is outside this folder; move the file into it"],
    ),
    "logo missing": (
        HOUSE + "logo: {file: mark.svg, alt: x}\n",
        ["5:14: H08 “mark.svg” is not in the folder of templates/county/house.yaml"],
    ),
    "a typeface that is no file": (
        HOUSE + "faces:\n  - {file: Noto Naskh, family: Noto, letters: [ARABIC], package: fonts-noto}\n",
        ["6:12: H04 “Noto Naskh” is not the name of a font file, such as NotoNaskhArabic.ttf"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "lines"), CASES.values(), ids=CASES)
def test_what_a_house_cannot_be_is_said_in_plain_words(text: str, lines: list[str]) -> None:
    assert [f"templates/county/house.yaml:{line}" for line in lines] == house_faults(text)


def test_a_whole_house_is_read_with_its_files() -> None:
    files = {**FOLDER, "house.yaml": (HOUSE + "logo: {file: logo.svg, alt: x}\n").encode(), "logo.svg": b"<svg/>"}
    folder, source = read_house(files, "county", "templates/county")

    assert folder.house.name == "County Council"
    assert folder.files["logo.svg"] == b"<svg/>"
    assert str(source.place("wording.embargo[0]", 6)) == "templates/county/house.yaml:3:20"


def test_a_folder_without_its_files_is_refused_with_all_that_it_lacks() -> None:
    files = {"house.yaml": b"name: [a]\nwording: {embargo: [a], contact: [b]}\n", "mail.txt": b""}
    lines = ["release.css", "release.docx", "release.html"]

    with pytest.raises(Exception, match="H06") as refusal:
        read_house(files, "county", "templates/county")

    assert [
        "templates/county/house.yaml:1:7: H03 “name” expects text, found a list",
        *(
            f"templates/county/{each}: H06 a house needs {each}; copy it from another house and change it"
            for each in lines
        ),
    ] == str(refusal.value).splitlines()


def test_a_folder_without_house_yaml_is_no_house() -> None:
    with pytest.raises(Exception, match=r"county/house\.yaml: H06 a house needs house\.yaml"):
        read_house({}, "county", "templates/county")
