"""Events beside the way of a release from draft to public, each defined in a module of its own."""

from __future__ import annotations

from pressgen.model.issue_order import Ordering
from pressgen.model.readers import ReaderEvent
from pressgen.model.round import Review
from pressgen.model.upkeep import Upkeep

SideEvent = Review | ReaderEvent | Ordering | Upkeep
