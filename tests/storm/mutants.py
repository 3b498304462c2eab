"""Fixes that are taken out of a copy of the code, so that the storm shows that it would find each fault again."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from machine import ROOT

PACKAGE = "pressgen"


@dataclass(frozen=True)
class Edit:
    """A text in a file of the package that is replaced by another."""

    file: str
    text: str
    instead: str


@dataclass(frozen=True)
class Mutant:
    """The code without one of its fixes.

    Attributes:
        name: what is not done any more.
        fault: how what is found begins, as `storm.oracle` words it.
        kind: of the offices in which it can be met, as `storm.office` has them.
        seeds: interleavings that meet the fault, as the code was when they were looked for; the code with the fix
            passes them.
        edits: how the fix is taken out.
    """

    name: str
    fault: str
    kind: str
    seeds: tuple[int, ...]
    edits: tuple[Edit, ...]

    def source(self, folder: Path) -> Path:
        """A copy of the code in `folder`, without the fix.

        Raises:
            ValueError: the text of the fix is not, or not once, where it was: look for it and mend this list.
        """
        source = folder / "src"
        shutil.copytree(ROOT / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
        for each in self.edits:
            file = source / PACKAGE / each.file
            content = file.read_text()
            if content.count(each.text) != 1:
                raise ValueError(f"{each.file} has {content.count(each.text)} times: {each.text}")
            file.write_text(content.replace(each.text, each.instead))
        return source


MUTANTS = (
    Mutant(
        "hide a release after a lost race",
        "newsroom: ",
        "issued",
        (20012, 20023),
        (
            Edit(
                "actions/publish/lift_publisher.py",
                "            outcome = self._newsroom.reconcile([reference], lambda: datetime.now(UTC))\n",
                """\
            from pressgen.channels.folder import publish_files
            from pressgen.actions.publish.newsroom_reconcile import find_files_of_slug

            folder, standing = self._newsroom.folders[0], self._ledger.standing(reference)
            outcome = publish_files(folder, {}, list(find_files_of_slug(folder, standing.slug)))
""",
            ),
            Edit(
                "actions/publish/workspace_monitor.py",
                "        outcome = repair_newsroom(self._newsroom, found)\n",
                "        outcome = None\n",
            ),
        ),
    ),
    Mutant(
        "write over a save that came before the lock",
        "lost save: ",
        "drafted",
        (20093, 20180),
        (
            Edit(
                "actions/workspace/save.py",
                "    if there in {change.before, change.after}:\n        return change.after\n",
                "    if there is not None:\n        return change.after\n",
            ),
        ),
    ),
    Mutant(
        "write over a save that came before the swap",
        "lost save: ",
        "drafted",
        (20194, 20239),
        (
            Edit(
                "actions/workspace/replace_files.py",
                "    return read_when_idle(step.aside) == step.expected\n",
                "    return True\n",
            ),
        ),
    ),
    Mutant(
        "believe a clock that jumps ahead",
        "early: ",
        "issued",
        (20011, 20022),
        (Edit("scheduler/clock.py", "        return wall - max(self._jumped, 0.0)\n", "        return wall\n"),),
    ),
    Mutant(
        "send without a lease",
        "twice: ",
        "approved",
        (20107, 20130),
        (
            Edit(
                "ledger/lease.py",
                "    return row if row.expires > store.liveness.now(connection) else None\n",
                "    return None\n",
            ),
            Edit(
                "ledger/lease.py",
                "        if not self._update(connection, expires=expires, **values):\n",
                "        if self._update(connection, expires=expires, **values) is None:\n",
            ),
        ),
    ),
)
