"""What the rules catch of faults planted in the samples, and that they are silent where none is."""

from __future__ import annotations

from check.mutations import faults, samples, tried
from machine import ROOT
from pressgen.actions.check.check import check_release
from pressgen.actions.workspace.folder import Workspace
from pressgen.check.run import load_rules

WANTED, SHARE = 300, 0.95
EVERY = 3
"""One of so many faults is planted here; `python -m check.mutations` plants all."""


def test_nineteen_of_twenty_planted_faults_are_caught_by_the_rule_meant_for_them() -> None:
    planted = faults()[::EVERY]
    missed = [f"{each.fault.rule} {each.fault.what}" for each in tried(planted) if not each.caught]

    assert len(planted) >= WANTED
    assert len(missed) <= len(planted) * (1 - SHARE), "\n".join(missed)


def test_the_samples_have_no_fault_but_three_of_style() -> None:
    workspace = Workspace(ROOT)
    found = [each for path in workspace.releases for each in check_release(workspace, path).problems]

    assert [(each.place.file.split("/")[1], each.code, each.path) for each in found] == [
        ("palm-harbour", "N04", "contacts[0]"),
        ("warm-rivers", "N16", "body[0]"),
        ("warm-rivers", "N02", "notes[interviews].id"),
    ]


def test_every_rule_that_reads_a_release_has_a_fault_planted_for_it() -> None:
    elsewhere = {"Q07", "X11"}  # want a ledger, an attachment: tests/actions/check/test_cleared.py, test_attached.py
    planted = {each.rule for each in faults()} | elsewhere

    assert {each.code for each in load_rules()[0]} - planted == set()


def test_what_is_planted_is_the_same_each_time() -> None:
    assert faults(7) == faults(7)
    assert {each.name for each in samples()} == {each.release for each in faults(7)}
