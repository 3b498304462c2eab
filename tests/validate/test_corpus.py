"""Others' files, whose names say pass or fail, are judged as they say."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pikepdf

from validate import pdf_faults
from validate.corpus import describe, judge
from validate.good import paper, spoilt


def test_a_folder_is_judged_by_its_names_and_counted(tmp_path: Path) -> None:
    (tmp_path / "1-t01-pass-a.pdf").write_bytes(paper())
    (tmp_path / "1-t01-fail-a.pdf").write_bytes(spoilt(pdf_faults.CHANGES["no claim"][1]))
    (tmp_path / "1-t02-fail-b.pdf").write_bytes(paper())
    (tmp_path / "other.pdf").write_bytes(paper())

    said = describe(judge(tmp_path))

    assert said.splitlines() == [
        "1-t02-fail-b.pdf: nothing wrong",
        "1 of 2 that fail are judged so",
        "1 of 1 that pass are judged so",
        "2 of 3 right (66.7 %)",
    ]


def test_a_file_whose_list_of_objects_leaves_out_itself_is_not_damaged(tmp_path: Path) -> None:
    """Many writers leave it out, and no reader needs it."""
    file = tmp_path / "1-t01-pass-a.pdf"
    spoilt_data = spoilt(lambda _: None, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    file.write_bytes(_without_own_entry(spoilt_data))
    with pikepdf.open(file) as opened:
        assert "xref stream itself is missing" in str(opened.get_warnings()[0])

    assert judge(tmp_path)[0].codes == ()


def _without_own_entry(data: bytes) -> bytes:
    """Take the entry of the list of objects for itself, which is its last, out of it."""
    at = int(data[data.rindex(b"startxref") :].split()[1])
    head, _, rest = data[at:].partition(b"stream\n")
    packed, _, tail = rest.partition(b"\nendstream")
    columns = int(re.search(rb"/Columns (\d+)", head)[1])  # type: ignore[index]
    shorter = zlib.compress(zlib.decompress(packed)[: -1 - columns])
    size = int(re.search(rb"/Size (\d+)", head)[1])  # type: ignore[index]
    head = re.sub(rb"/Length \d+", b"/Length %d /Index [0 %d]" % (len(shorter), size - 1), head)
    return data[:at] + head + b"stream\n" + shorter + b"\nendstream" + tail
