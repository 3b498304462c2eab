"""A release that lies on the desk, as Documents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.model.artifact import Variant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.actions.workspace.folder import Desk
    from pressgen.model.document import Document


def composed(desk: Desk, variants: Sequence[Variant]) -> list[Document]:
    """One language of a release, a Document a variant; a review copy knows which edition of the data it shows.

    Raises:
        Refused: the release cannot be composed; with every reason.
    """
    from pressgen.compose.document import compose  # noqa: PLC0415 - a refused release gets by without it
    from pressgen.model.edition import edition  # noqa: PLC0415
    from pressgen.model.moment import moments  # noqa: PLC0415

    documents = compose(
        desk.release,
        moments(desk.release),
        desk.house.house,
        slug=desk.name,
        variants=variants,
        locate=desk.locate,
    )
    return [
        replace(each, edition=edition(desk.inputs)) if each.variant is Variant.REVIEW else each for each in documents
    ]
