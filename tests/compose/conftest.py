"""A release that each test changes in the one place it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pytest

from pressgen.compose.document import compose
from pressgen.errors import Place
from pressgen.model.artifact import Variant
from pressgen.model.document import Document
from pressgen.model.house import House
from pressgen.model.moment import read_moments
from pressgen.model.release import Release

if TYPE_CHECKING:
    from collections.abc import Mapping

RELEASE: dict[str, Any] = {
    "reference": "T-1",
    "house": "test",
    "headline": "Bridge opens",
    "times": {"zone": "Europe/London", "embargo": "2019-05-08 00:01"},
    "people": {
        "ray": {"name": "Dr Ada Ray", "role": "Chief Engineer", "later": "Dr Ray"},
        "oh": {"name": "Min Oh", "role": "Press Officer", "phone": "01632 960000", "email": "min@example.org"},
    },
    "facts": {"cars": {"value": "3930"}},
    "body": ["The bridge opened."],
}
HOUSE: dict[str, Any] = {
    "name": "Bridge Board",
    "formats": {"moment": "EEEE dd MMMM HH.mm"},
    "wording": {
        "embargo": ["EMBARGOED UNTIL {{ embargo | time }} {{ embargo | zone }} ON {{ embargo | date | upper }}"],
        "end": "ENDS",
        "contact": ["{{ name }}", "{{ phone }}", "Nights: {{ out_of_hours }}", "{{ email }}"],
    },
}


class Composed(Protocol):
    """Composes the test release with some keys changed."""

    def __call__(
        self,
        variant: Variant = ...,
        house: Mapping[str, Any] | None = ...,
        **changes: Any,  # noqa: ANN401
    ) -> Document: ...


def locate(path: str, offset: int) -> Place:
    """The path itself, so that a test sees what a fault points at."""
    return Place(path, 1, offset + 1)


@pytest.fixture
def composed() -> Composed:
    """`composed(headline=…)` is the Document of the test release with that headline."""

    def make(
        variant: Variant = Variant.EMBARGOED,
        house: Mapping[str, Any] | None = None,
        **changes: Any,  # noqa: ANN401
    ) -> Document:
        release = Release.model_validate(RELEASE | changes)
        wording = HOUSE["wording"] | (house or {}).get("wording", {})
        composing = House.model_validate(HOUSE | (house or {}) | {"wording": wording})
        found = compose(release, read_moments(release), composing, slug="bridge", variants=[variant], locate=locate)
        return found[0]

    return make
