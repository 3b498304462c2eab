"""Whether proposals tell what an editor did: on the right text, in the right words, by the right hand, nothing lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pressgen.model.proposal import Proposal, ProposalKind
from pressgen.review.completeness import apply_proposals
from review.editing import Act, Char, Editing

TEXT = {ProposalKind.EDIT, ProposalKind.TYPOGRAPHY, ProposalKind.DELETE}


def judged(editing: Editing, proposals: Sequence[Proposal]) -> Iterator[tuple[str, str]]:
    """A verdict on each act, and on each proposal that tells of none, with what it is about."""
    judge = _Judge(editing, proposals)
    for act in editing.acts:
        if verdict := judge.act(act):
            yield verdict, str(act)
    yield from judge.whole()


class _Judge:
    def __init__(self, editing: Editing, proposals: Sequence[Proposal]) -> None:
        self.editing, self.proposals = editing, proposals
        chars = [char for para in editing.paras for char in para.chars]
        self.there = {char.origin for char in chars if char.origin and char.struck is None}
        self.read = "".join(char.text for char in chars)
        self.visible = " ".join(editing.accepted) + " ".join(each.token for each in editing.remarks)
        self.standing = {id(char) for char in chars}
        self.bold = {(char.bold, char.origin[0]) for char in chars if char.origin and char.struck is None}
        self.paragraphs: list[set[int]] = []
        self.beside = dict(self._beside())
        self.struck = {char.origin: char.struck for char in chars if char.origin and char.struck}
        self.covering: dict[tuple[int, int], Proposal] = {}
        for each in proposals:
            if each.kind in TEXT:
                whole = each.kind is ProposalKind.DELETE
                stop = len(editing.blocks[each.block].text) if whole else each.end
                self.covering |= {(each.block, n): each for n in range(0 if whole else each.start, stop)}
        self.listed = " ".join(
            each.before + each.after
            for each in proposals
            if each.kind in {ProposalKind.UNMAPPED, ProposalKind.WITHDRAWN}
        )
        seams = {(each.block, each.anchor) for each in proposals if each.kind is ProposalKind.JOIN}
        self.seams = seams | {(b, a) for a, b in seams}

    def _beside(self) -> Iterator[tuple[str, set[int]]]:
        """The token of each new word, with the sent texts whose words stand in its paragraph when all is accepted."""
        carried: list[Char] = []
        for para in self.editing.paras:
            carried += para.standing
            if para.cell or not para.struck:
                blocks = {char.origin[0] for char in carried if char.origin}
                self.paragraphs.append(blocks)
                yield from ((token, blocks) for token in re.findall("zq\\d+x", "".join(c.text for c in carried)))
                carried = []

    def act(self, act: Act) -> str:
        """The verdict on an act, empty where a later one has undone it."""
        if act.token and act.kind != "comment" and act.token not in self.visible:
            if act.token not in self.read:
                return ""
            return "right" if act.token in self.listed else "lost"
        if act.token:
            return self._said(act)
        if act.gone:
            return self._gone(act)
        if act.kind == "bold":
            return self._bold(act)
        kinds = {"split": ProposalKind.SPLIT, "join": ProposalKind.JOIN, "move": ProposalKind.MOVE}
        if act.kind not in kinds or self._undone(act):
            return ""
        told = any(
            each.kind in {kinds[act.kind], ProposalKind.DELETE, ProposalKind.ADD}
            and (each.block in act.blocks or each.anchor in act.blocks or each.block < 0)
            for each in self.proposals
        )
        return "right" if told else "listed" if self.listed else "told otherwise"

    def _undone(self, act: Act) -> bool:
        """Whether there is nothing left to tell of a paragraph that was split, or of two that were joined."""
        if act.kind == "split":
            return sum(bool(blocks & set(act.blocks)) for blocks in self.paragraphs) <= 1
        return act.kind == "join" and len(set(act.blocks)) < 2  # with itself, or with words that are told as new

    def _said(self, act: Act) -> str:
        hits = [each for each in self.proposals if act.token in each.after]
        if not hits:
            return "lost"
        if all(each.kind is ProposalKind.UNMAPPED for each in hits):
            return "listed"
        if act.kind in {"add", "copy"}:
            beside = self.beside.get(act.token, set())  # what it was joined to afterwards
            if any(each.kind is ProposalKind.ADD or each.block in beside for each in hits):
                return "right"
            moved = act.kind == "copy" and any(each.block in act.copied and self._moved(each.block) for each in hits)
            return "right, as a move" if moved else "other path"
        if act.kind == "comment" and all(each.block < 0 for each in hits):
            mine = [each for each in self.editing.remarks if act.token == each.token]
            return "other path" if any(id(c) in self.standing for each in mine for c in each.over) else "right"
        if act.kind == "rewrite" and any(each.kind is ProposalKind.ADD for each in hits):
            gone = any(each.kind is ProposalKind.DELETE and each.block in act.blocks for each in self.proposals)
            return "right, as taken out and added" if gone else "other path"
        near = {each.block for each in hits} | {a for each in hits for a, b in self.seams if b == each.block}
        if act.blocks and not near & set(act.blocks):
            return "other path"
        return "other author" if act.who and not any(act.who[0] in each.author for each in hits) else "right"

    def _gone(self, act: Act) -> str:
        left = [each for each in act.gone if each not in self.there]
        if not left:
            return ""
        told = [self.covering[each] for each in left if each in self.covering]
        if len(told) == len(left):
            signed = act.who and any(self.struck.get(each) == act.who for each in left)  # else no trace of him is left
            by = not signed or any(act.who[0] in each.author for each in told)
            return "right" if by else "other author"
        gone = Counter(self.editing.blocks[block].text[at] for block, at in left)
        said = "".join(each.before for each in self.proposals if each.block in act.blocks and each.kind in TEXT)
        if not any(each.isalnum() for each in gone - Counter(said)):  # a full stop may stand for another
            return "right"
        words = "".join(self.editing.blocks[block].text[at] for block, at in sorted(left))
        copied = any(each.kind == "copy" for each in self.editing.acts) and all(
            word in self.visible or word in said for word in words.split()
        )
        if copied and act.kind == "drop" and any(self._moved(block) for block in act.blocks):
            return "right, as a move"  # copied by hand, and taken out here
        return "told otherwise" if copied else "lost"

    def _moved(self, block: int) -> bool:
        return any(each.kind is ProposalKind.MOVE and each.block == block for each in self.proposals)

    def _bold(self, act: Act) -> str:
        if not any((act.who, block) in self.bold for block in act.blocks):
            return ""
        found = [each for each in self.proposals if each.kind is ProposalKind.FORMAT]
        return "right" if any(each.block in act.blocks for each in found) else "other path" if found else "lost"

    def whole(self) -> Iterator[tuple[str, str]]:
        """What is wrong with the proposals as a whole."""
        blocks = self.editing.blocks
        expected = [block.text for block in blocks if block.part != "body"] + self.editing.accepted
        if apply_proposals(blocks, self.proposals) != expected:
            unmapped = any(each.kind is ProposalKind.UNMAPPED for each in self.proposals)
            yield ("listed" if unmapped else "closure broken"), "the whole"
        touched = {block for act in self.editing.acts for block in act.blocks}
        acts = {act.kind for act in self.editing.acts}
        for each in self.proposals:
            if (
                each.kind in TEXT | {ProposalKind.SPLIT, ProposalKind.JOIN, ProposalKind.MOVE}
                and not {each.block, each.anchor} & touched
            ):
                other = each.kind is ProposalKind.MOVE and acts & {"move", "copy", "add"}
                yield ("move of the other" if other else "invented"), str(each)
