"""What holds for all tests."""

from __future__ import annotations

import os
import signal

from hypothesis import settings

# A slow machine is no fault; where CI is set, hypothesis has a profile of its own: no deadline, the same examples.
settings.register_profile("unhurried", deadline=None)
if not settings.default.derandomize:
    settings.load_profile("unhurried")

# An error that nobody foresaw is raised as it is, in the tests and in the commands that they start.
os.environ["PRESSGEN_DEBUG"] = "1"

# A shell ignores Ctrl-C in its background jobs, and every process that they start inherits that.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
