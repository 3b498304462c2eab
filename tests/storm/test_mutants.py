from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from machine import ROOT
from storm.fleet import played_seeds
from storm.mutants import MUTANTS, Mutant

NAMES = [each.name for each in MUTANTS]
FURTHER = range(30_000, 32_000)
"""Seeds that are played until one finds the fault, where a change of the code has led the known ones elsewhere."""


@pytest.mark.parametrize("mutant", MUTANTS, ids=NAMES)
def test_the_storm_finds_each_fault_again_when_its_fix_is_taken_out(mutant: Mutant, tmp_path: Path) -> None:
    source = mutant.source(tmp_path)

    seeds = [*mutant.seeds, *FURTHER]
    found = played_seeds(seeds, "--first-fault", "--only", mutant.kind, source=source).faults

    assert any(f": {mutant.fault}" in line for line in found), found


def test_the_same_interleavings_find_nothing_in_the_code_as_it_is() -> None:
    seeds = sorted({seed for mutant in MUTANTS for seed in mutant.seeds})

    assert played_seeds(seeds).faults == ()


@pytest.mark.parametrize("mutant", MUTANTS, ids=NAMES)
def test_a_fix_that_is_not_where_it_was_is_not_taken_out_in_silence(mutant: Mutant, tmp_path: Path) -> None:
    moved = dataclasses.replace(mutant.edits[0], text="a text that is nowhere\n")
    gone = dataclasses.replace(mutant, edits=(*mutant.edits[1:], moved))

    with pytest.raises(ValueError, match="has 0 times: a text that is nowhere"):
        gone.source(tmp_path)

    assert "a text that is nowhere" not in (ROOT / "src" / "pressgen" / moved.file).read_text()
