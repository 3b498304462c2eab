"""Random edits put into the samples by `review receive --apply`; `python -m soak applied` plays many.

Afterwards the file must load and build, must read as the accepted paragraphs do, and must have changed in lines of the
edits only.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from difflib import SequenceMatcher
from pathlib import Path
from shutil import copytree, ignore_patterns

from machine import ROOT
from pressgen.actions.review.accept import AppliedProposals, apply_decision
from pressgen.actions.review.decisions import CHANGES, ReviewDecision
from pressgen.actions.review.receive import ReceivedCopy, read_returned_copy
from pressgen.actions.workspace.compose import compose_release
from pressgen.actions.workspace.folder import LoadedRelease, Workspace, load_release
from pressgen.load.node_spans import NodeSpans
from pressgen.load.source import SourceText
from pressgen.model.artifact import Variant
from pressgen.model.document import iter_leaves
from pressgen.review.completeness import apply_proposals_with_origins
from pressgen.review.similarity import normalise_typography
from review.copies import Copy, samples
from review.dialects import DIALECTS, written
from review.editing import Editing

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MOST = 6
"""Edits of a round."""
SHAPED = {"delete", "move", "join", "split", "add"}


def played(seed: int, folder: Path) -> tuple[Counter[str], list[str]]:
    """One round: how many proposals were put in and left, and what is wrong with the release afterwards."""
    chance = random.Random(seed)  # noqa: S311 - rounds that can be played again
    originals = [each for each in samples() if not each.desk.suffix]
    copy = originals[seed % len(originals)]
    editing = Editing(copy.content, copy.blocks, chance)
    editing.work(chance.randint(1, MOST))
    found, applied, desk = put_in(editing, copy, folder)
    verdicts = Counter({"put in": len(applied.done), "left": len(applied.left)})
    wrong = [*_astray(copy.desk.source, desk.source, found, applied), *_misread(copy, desk, found, applied)]
    return verdicts, [f"{seed} {copy.name}: {each}" for each in wrong]


def put_in(editing: Editing, copy: Copy, folder: Path) -> tuple[ReceivedCopy, AppliedProposals, LoadedRelease]:
    """What came back of an edited copy, what of its changes was put in, and the release then, in an empty folder."""
    home = folder / "releases" / copy.desk.slug
    shutil.copytree(ROOT / "templates", folder / "templates")
    copytree(copy.desk.folder, home, ignore=ignore_patterns("release.*.yaml"))  # which would have to be changed alike
    file = folder / "in.docx"
    file.write_bytes(written(editing, DIALECTS["word"], random.Random(1)))  # noqa: S311 - as above
    workspace = Workspace(folder)
    found = read_returned_copy(workspace, file)
    wanted = {each.number: "" for each in found.proposals if each.proposal.kind in CHANGES}
    applied = apply_decision(workspace, found, ReviewDecision(wanted, {}), NOW)
    (desk,) = load_release(workspace, home)
    return found, applied, desk


def _astray(before: SourceText, after: SourceText, found: ReceivedCopy, applied: AppliedProposals) -> Iterator[str]:
    """Lines of the file that changed and are no lines of an edit."""
    touched: set[int] = set()
    for each in found.proposals:
        if each.number in applied.done:
            paths = {each.path, found.export.blocks[each.proposal.block].path if each.proposal.block >= 0 else ""}
            touched |= {line for path in paths for line in _lines(before, path, each.proposal.kind.value)}
    old, new = before.text.split("\n"), after.text.split("\n")
    gone: Counter[str] = Counter()
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            gone.update(old[a:b])
            gone.subtract(new[c:d])  # what stands elsewhere now has not changed
    gone -= Counter(old[line - 1] for line in touched if line <= len(old))  # of equal lines, either may go
    yield from (f"a line changed: {line}" for line, count in gone.items() if count > 0 and line.strip())


def _lines(source: SourceText, path: str, kind: str) -> range:
    """The lines of the text at a path, of its whole entry where the entry moves or goes."""
    if kind in SHAPED and "[" in path:
        path = path[: path.index("]") + 1]
    prints = NodeSpans.of(source)
    holder = prints.holders.get(path)
    if holder is None:
        return range(0)
    start, end = prints.begins(holder), prints.end(source.nodes[path]) - 1
    if kind == "delete" and len(getattr(holder.node, "items", ())) == 1:  # the list goes with its last entry
        start = source.keys[holder.path].start
    return range(source.lines.place(start).line, source.lines.place(end).line + 1)


def _misread(copy: Copy, desk: LoadedRelease, found: ReceivedCopy, applied: AppliedProposals) -> Iterator[str]:
    """Accepted paragraphs that the release does not say; but for those that show what others change."""
    told = [each.proposal for each in found.proposals if each.number in applied.done]
    (document,) = compose_release(desk, [Variant.REVIEW])
    now = {_folded(str(leaf)) for leaf in iter_leaves(document.blocks)}
    shown = {field for each in told for field in each.fields}
    for text, made_of in apply_proposals_with_origins(
        copy.blocks, [replace(each, revisions=frozenset()) for each in told]
    ):
        blocks = [copy.blocks[each] for each in made_of]
        depends = any(
            getattr(piece.origin, "name", "") in shown or piece.note for each in blocks for piece in each.words
        )
        spoken = any(each.kind == "quotation" for each in blocks) and any(each.kind in SHAPED for each in told)
        ours = all(each.id and each.part == "body" for each in blocks)
        if made_of and ours and not depends and not spoken and _folded(text) not in now:
            yield f"does not read “{text}”"


def _folded(text: str) -> str:
    return " ".join(normalise_typography(text).split())
