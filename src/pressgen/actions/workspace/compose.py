"""A loaded release, composed into Documents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.model.artifact import Variant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.actions.workspace.folder import LoadedRelease
    from pressgen.model.document import Document


def compose_release(desk: LoadedRelease, variants: Sequence[Variant]) -> list[Document]:
    """Compose one language of a release: a document for each variant.

    A review copy also carries the edition of the data that it shows.

    Raises:
        InputError: the release cannot be composed; the error has every reason.
    """
    from pressgen.compose.document import compose
    from pressgen.model.edition import compute_edition
    from pressgen.model.moment import read_moments

    documents = compose(
        desk.release,
        read_moments(desk.release),
        desk.house.house,
        slug=desk.name,
        variants=variants,
        locate=desk.locate,
    )
    return [
        replace(each, edition=compute_edition(desk.inputs)) if each.variant is Variant.REVIEW else each
        for each in documents
    ]
