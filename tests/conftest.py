"""What holds for all tests."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from messages import keeping, recording

# What the tests make pressgen say is recorded; nothing of the package is imported before.
recording.install()

# A slow machine is no fault; where CI is set, hypothesis has a profile of its own: no deadline, the same examples.
settings.register_profile("unhurried", deadline=None)
if not settings.default.derandomize:
    settings.load_profile("unhurried")

# An error that nobody foresaw is raised as it is, in the tests and in the commands that they start.
os.environ["PRESSGEN_DEBUG"] = "1"

# A shell ignores Ctrl-C in its background jobs, and every process that they start inherits that.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """Keep what the tests made pressgen say, or name the kept messages that a whole run did not say."""
    yield
    folder = os.environ.get(recording.FOLDER)
    if folder is None or hasattr(session.config, "workerinput"):
        return
    seen, whole = keeping.read_sightings(Path(folder)), is_whole(session)
    if os.environ.get(keeping.WRITE):
        keeping.write_kept(seen, whole=whole)
    elif whole:
        unsaid = keeping.find_unsaid(keeping.read_kept(), seen)
        sys.stdout.write("\n".join(["", *unsaid, ""]))
        if len(unsaid) > keeping.BY_CHANCE:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def is_whole(session: pytest.Session) -> bool:
    """Whether all tests were run, and passed."""
    chosen = session.config.option
    narrowed = (chosen.keyword, chosen.markexpr, chosen.deselect, chosen.ignore, chosen.ignore_glob, chosen.collectonly)
    everything = session.config.args_source is pytest.Config.ArgsSource.TESTPATHS
    return everything and not any(narrowed) and session.exitstatus == pytest.ExitCode.OK


def pytest_configure(config: pytest.Config) -> None:
    """Give the run, its workers included, one folder for what is said."""
    if recording.FOLDER not in os.environ:
        folder = tempfile.TemporaryDirectory(prefix="messages-")
        os.environ[recording.FOLDER] = folder.name
        config.add_cleanup(folder.cleanup)
