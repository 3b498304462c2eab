"""The kinds of proposal that only a person can act on."""

from __future__ import annotations

from pressgen.model.proposal import ProposalKind


def explain_by_hand(kind: ProposalKind) -> str:
    """Return why a person must act on this kind, or nothing."""
    return {
        ProposalKind.COMMENT: "is a remark; answer it, or change the text yourself",
        ProposalKind.FORMAT: "changes how words look, which the template decides; type *stress* in the text if meant",
        ProposalKind.MARKUP: "changes a link, emphasis, heading or list; type it in the release as shown, if meant",
        ProposalKind.WITHDRAWN: "was taken back by another editor",
        ProposalKind.UNMAPPED: "has no certain place in the data; change it by hand",
    }.get(kind, "")
