"""The line by which a review copy is known."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from pressgen.model.edition import Edition, compute_edition

if TYPE_CHECKING:
    from pathlib import Path


def test_the_line_names_release_round_and_state() -> None:
    assert Edition("7f3a9c12e04b", 2).line("B-1") == "Ref B-1 · review 2 · 7f3a9c12e04b"


def test_a_copy_of_no_round_names_none() -> None:
    assert Edition("7f3a9c12e04b").line("B-1") == "Ref B-1 · review · 7f3a9c12e04b"


def test_the_digest_changes_with_any_byte_and_any_name() -> None:
    first = {"release.yaml": b"a", "templates/x/house.yaml": b"b"}

    found = {compute_edition(each).digest for each in (first, first | {"release.yaml": b"A"}, {"a.yaml": b"a"} | first)}

    assert len(found) == 3
    assert compute_edition(dict(reversed(first.items()))) == compute_edition(first)


def test_anybody_can_work_the_digest_out_with_the_tools_of_the_machine(tmp_path: Path) -> None:
    inputs = {"release.yaml": b"reference: B-1\n", "photo.png": b"\x89PNG"}
    for name, content in inputs.items():
        (tmp_path / name).write_bytes(content)

    listed = subprocess.run(["sha256sum", *sorted(inputs)], cwd=tmp_path, capture_output=True, check=True).stdout
    told = subprocess.run(["sha256sum"], input=listed, capture_output=True, check=True).stdout

    assert told[:12].decode() == compute_edition(inputs).digest
