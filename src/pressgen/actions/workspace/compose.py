"""A loaded release, composed into Documents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.model.artifact import Variant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.actions.workspace.folder import LoadedRelease
    from pressgen.model.document import Document


def compose_release(loaded: LoadedRelease, variants: Sequence[Variant]) -> list[Document]:
    """Compose one language of a release: a document for each variant.

    A review copy also carries the edition of the data that it shows.

    Raises:
        InputError: the release cannot be composed; the error has every reason.
    """
    from pressgen.compose.document import compose
    from pressgen.model.edition import compute_edition
    from pressgen.model.moment import read_moments

    documents = compose(
        loaded.release,
        read_moments(loaded.release),
        loaded.house.house,
        slug=loaded.name,
        variants=variants,
        locate=loaded.locate,
    )
    return [
        replace(each, edition=compute_edition(loaded.inputs)) if each.variant is Variant.REVIEW else each
        for each in documents
    ]
