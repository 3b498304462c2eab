"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# A slow machine is no fault; where CI is set, hypothesis has a profile of its own: no deadline, the same examples.
settings.register_profile("unhurried", deadline=None)
if not settings.default.derandomize:
    settings.load_profile("unhurried")
