"""Events outside a release's way from draft to public.

Each kind is defined in its own module.
"""

from __future__ import annotations

from pressgen.model.issue_order import Ordering
from pressgen.model.readers import ReaderEvent
from pressgen.model.round import Review
from pressgen.model.upkeep import Upkeep

SideEvent = Review | ReaderEvent | Ordering | Upkeep
