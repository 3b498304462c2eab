"""The measure of unseen releases works, shown with an invented one, since those of others are not kept here."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from importer.drafts import MUSEUM
from importer.file_words import count_lost
from importer.hash_labels import hash_folder, hash_label
from importer.held_out import RECORDS, Half, format_half, measure

LABEL: dict[str, Any] = {
    "file": "EN-001.txt",
    "language": "en",
    "headline": "Clockwork owl comes home to Brennick Museum",
    "embargo": "2019-05-08T00:01+01:00",
    "embargo_certain": True,
    "immediate": False,
    "end_mark": "ENDS",
    "notes": 2,
    "first_note_starts": "The owl was made by",
    "contacts": [{"name": "Mara Quill", "email": "press@brennick.example", "phone": "01632 960123 x7"}],
    "quotes": [
        {"speaker": "Dr Ines Falk", "first_words": "We had its box, its"},
        {"speaker": "Tobias Reed", "first_words": "My grandfather would have laughed"},
    ],
}


def found(tmp_path: Path, text: str = MUSEUM, **changed: object) -> Half:
    (tmp_path / "any name.txt").write_text(text)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    record = {"repository": "brennick/museum", "path": "owl.txt", "sha256": sha256, "half": "dev"}
    return measure(tmp_path, [record | hash_label(LABEL | changed, sha256)])["dev"]


def test_a_release_that_is_read_as_a_person_reads_it_has_no_misses(tmp_path: Path) -> None:
    half = found(tmp_path)

    assert half.misses == []
    assert {name: (part.there, part.right, part.wrong) for name, part in half.parts.items()} == {
        "headline": (1, 1, 0),
        "embargo": (1, 1, 0),
        "notes": (1, 1, 0),
        "contacts": (2, 2, 0),
        "quotations": (2, 2, 0),
    }


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"headline": "Clockwork owl flies home"}, "headline"),
        ({"headline": None}, "headline"),
        ({"embargo": "2019-05-08T00:01+00:00"}, "embargo"),
        ({"embargo": None}, "embargo"),
        ({"notes": 3}, "notes"),
        ({"first_note_starts": "Brennick Museum opened in 1881"}, "notes"),
        ({"contacts": []}, "contacts"),
        ({"contacts": [{"name": "Mara Quill", "email": "other@brennick.example", "phone": None}]}, "contacts"),
        ({"quotes": []}, "quotations"),
        ({"quotes": [LABEL["quotes"][0] | {"speaker": "Tobias Reed"}, LABEL["quotes"][1]]}, "quotations"),
        (
            {"quotes": [*LABEL["quotes"], {"speaker": "Ines Falk", "first_words": "It hoots at noon, and"}]},
            "quotations",
        ),
    ],
)
def test_what_differs_from_the_label_is_a_miss_of_its_part(tmp_path: Path, changed: dict[str, Any], part: str) -> None:
    half = found(tmp_path, **changed)

    assert {miss.split(": ")[1].removesuffix(", called sure") for miss in half.misses} == {part}
    assert half.parts[part].wrong or half.parts[part].right < half.parts[part].there


def test_words_of_one_and_the_name_of_another_are_counted_apart(tmp_path: Path) -> None:
    assert found(tmp_path, quotes=[quote | {"speaker": "Mara Quill"} for quote in LABEL["quotes"]]).wrong_speakers == 2


def test_an_invented_embargo_and_one_missed_in_silence_are_counted_apart(tmp_path: Path) -> None:
    assert found(tmp_path, embargo=None).invented_embargoes == 1
    silent = found(tmp_path, MUSEUM.partition("\n\n")[2])
    assert silent.silent_embargoes == 1
    assert silent.parts["embargo"].sure > silent.parts["embargo"].sure_and_right


@pytest.mark.parametrize(
    "changed",
    [
        {"headline": "Another", "headline_also": [LABEL["headline"]]},
        {"notes": 4, "notes_also": [2]},
        {"contacts": [LABEL["contacts"][0] | {"optional": True}]},
        {"quotes": [quote | {"optional": True, "speaker": ""} for quote in LABEL["quotes"]]},
        {"quotes": [*LABEL["quotes"], {"speaker": "", "first_words": "It hoots at noon, and", "optional": True}]},
    ],
)
def test_other_readings_that_a_person_allows_are_right(tmp_path: Path, changed: dict[str, Any]) -> None:
    assert found(tmp_path, **changed).misses == []


def test_a_file_that_is_not_read_is_missed_whole_and_named(tmp_path: Path) -> None:
    half = found(tmp_path, "\x01\x02\x03" * 500)

    assert [part.right for part in half.parts.values()] == [0] * 5
    assert half.parts["quotations"].there == 2
    assert "any name.txt" in half.unread[0]


def test_the_figures_are_printed_with_the_misses_or_without(tmp_path: Path) -> None:
    half = found(tmp_path, headline="Another")

    said = "\n".join(format_half("dev", half, with_misses=True))
    assert re.search(r"headline +1 +0 +0\.0% +1 \| +1 +0% +-\n", said)
    assert "any name.txt: headline, called sure: Clockwork owl" in said
    assert "Clockwork" not in "\n".join(format_half("unseen", half, with_misses=False))


def test_lost_words_are_seen(tmp_path: Path) -> None:
    text, page, word = tmp_path / "a.txt", tmp_path / "a.html", tmp_path / "a.docx"
    text.write_text("The owl hoots at https://owl.example/noon. The owl-\nkeeper sleeps. 12 of 340")
    page.write_text("<html><head><title>Not this</title></head><body><p>owl</p>hoots<script>no</script></body></html>")
    with zipfile.ZipFile(word, "w") as archive:
        body = "<w:p><w:r><w:t>ow</w:t><w:t>l</w:t></w:r></w:p><w:p><w:t>hoots</w:t></w:p>"
        archive.writestr("word/document.xml", f'<w:document xmlns:w="x">{body}</w:document>')

    assert count_lost(text, "the owl hoots at https://owl.example/noon the owlkeeper sleeps of 340") == 0
    assert count_lost(text, "the owl hoots at the owlkeeper sleeps of 34") == 2
    assert count_lost(page, "owl hoots") == count_lost(word, "owl hoots") == 0
    assert count_lost(page, "owl") == count_lost(word, "owl") == 1


def test_labels_of_a_folder_become_hashes_that_say_where_each_release_is_from(tmp_path: Path) -> None:
    sha256 = hashlib.sha256(MUSEUM.encode()).hexdigest()
    for folder in ("all", "dev"):
        (tmp_path / folder).mkdir()
    (tmp_path / "dev" / "EN-001.txt").write_text(MUSEUM)
    (tmp_path / "dev" / "labels.json").write_text(json.dumps([LABEL]))
    row = ["EN-001", "brennick/museum", "owl.txt", "0" * 40, sha256, "museum"]
    (tmp_path / "all" / "SOURCES.tsv").write_text(
        "id\trepository\tpath\tcommit\tsha256\tkind\n" + "\t".join(row) + "\n"
    )

    (line,) = hash_folder(tmp_path)

    assert json.loads(line)["repository"] == "brennick/museum"
    assert not re.search("owl comes|Mara|Falk|960123|laughed", line)
    assert measure(tmp_path, [json.loads(line)])["dev"].misses == []


def test_the_records_are_of_both_halves_and_hold_no_words() -> None:
    records = json.loads(RECORDS.read_text())

    assert len({record["sha256"] for record in records}) == len(records) >= 60
    assert sum(record["half"] == "unseen" for record in records) >= 30
    texts = [each for record in records for key in ("headline", "contacts", "quotes") for each in _texts(record[key])]
    assert texts
    assert all(re.fullmatch("[0-9a-f]{16}", text) for text in texts)


def _texts(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case list():
            return [text for each in value for text in _texts(each)]
        case dict():
            return [text for each in value.values() for text in _texts(each)]
        case _:
            return []
