"""The modules that build workers need.

They are imported once, in the process from which workers are forked.
"""

from __future__ import annotations

from contextlib import suppress

from pressgen.errors import EnvironmentFailureError

with suppress(EnvironmentFailureError):  # a PDF build reports it
    from pressgen.render import pdf  # noqa: F401
from pressgen.actions.build import build  # noqa: F401
from pressgen.compose import document  # noqa: F401
from pressgen.load import house, release  # noqa: F401
from pressgen.render import page, plain, word  # noqa: F401
from pressgen.validate import content, file, layout  # noqa: F401
