"""A proposal without a certain place in the data is left to a person, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pressgen.model.export import ExportedBlock
from pressgen.model.proposal import Proposal, ProposalKind
from pressgen.model.words import Piece, Source
from pressgen.review.change_plan import plan_changes

if TYPE_CHECKING:
    from pressgen.model.change import Value

VALUES: dict[str, Value] = {
    "body[0]": "Words.", "body[1].quote.words": "Words.", "body[1].quote.by": "Words.", "links[0].title": "Words.",
    "links[0]": {"id": "plan", "title": "Words.", "url": "https://plan.example"},
}  # fmt: skip


class Data:
    """A release of two paragraphs and a link."""

    language = "en-GB"

    def text_at(self, path: str) -> str | None:
        """The text at a path."""
        value = VALUES.get(path)
        return value if isinstance(value, str) else None

    def value_at(self, path: str) -> Value:
        """The value at a path."""
        return VALUES[path]

    def names_at(self, path: str) -> list[str]:
        """The names of the entries of a list."""
        return {"body": ["0", "1"], "links": ["0"]}.get(path, [])


def block(path: str, kind: str = "paragraph", id_: str = "abcdef") -> ExportedBlock:
    words = (Piece(text="Words.", origin=Source(path, 0, 6)),)
    return ExportedBlock(id=id_, path=path, kind=kind, part="body", words=words)


BLOCKS = (
    block("body[0]"), block("body[1].quote.words"), block("body[1].quote.by"), block("links[0].title"),
    block("body[2].table.header[0]", "cell"), block("template", id_=""),
)  # fmt: skip


@pytest.mark.parametrize(
    ("proposal", "reason"),
    [
        (Proposal(kind=ProposalKind.COMMENT), "is a remark; answer it, or change the text yourself"),
        (
            Proposal(kind=ProposalKind.FORMAT),
            "changes how words look, which the template decides; type *stress* in the text if meant",
        ),
        (Proposal(kind=ProposalKind.WITHDRAWN), "was taken back by another editor"),
        (Proposal(kind=ProposalKind.UNMAPPED), "has no certain place in the data; change it by hand"),
        (
            Proposal(kind=ProposalKind.EDIT, block=5),
            "is in the house's template; change its release.docx in Word",
        ),
        (
            Proposal(kind=ProposalKind.DELETE, block=1),
            "is only a part of its entry; change the rest of the entry too, or type it again yourself",
        ),
        (Proposal(kind=ProposalKind.MOVE, block=1), "is only a part of its entry; move it yourself"),
        (Proposal(kind=ProposalKind.DELETE, block=4), "is a cell of a table; change its row"),
        (
            Proposal(kind=ProposalKind.SPLIT, block=3, start=2, end=2, after="\n"),
            "contains more than one text; move it yourself",
        ),
    ],
)
def test_what_has_no_certain_place_is_left_with_the_reason(proposal: Proposal, reason: str) -> None:
    plan = plan_changes(BLOCKS, [proposal], Data())

    assert plan.left == [(proposal, reason)]
    assert plan.changes == []
