"""Real LibreOffice: edits made in it, and Word's saved again by it, mean to us what they mean to itself."""

from __future__ import annotations

from pathlib import Path

from review.fuzz_office import failures, rounds

SEEDS = range(500, 512)


def test_what_libreoffice_records_and_saves_is_read_as_it_means_it(tmp_path: Path) -> None:
    played = rounds(tmp_path, SEEDS)

    assert sum(len(each.typed) for each in played) > len(SEEDS)
    assert {seed: found for seed, each in zip(SEEDS, played, strict=True) if (found := list(failures(each)))} == {}
