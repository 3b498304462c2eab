"""All that a worker needs, imported once in the process that workers are forked from."""

from __future__ import annotations

from contextlib import suppress

from pressgen.errors import MachineLacks

with suppress(MachineLacks):  # who orders a PDF is told then
    from pressgen.render import pdf  # noqa: F401
from pressgen.actions.build import incremental  # noqa: F401
from pressgen.compose import document  # noqa: F401
from pressgen.load import house, release  # noqa: F401
from pressgen.render import page, plain, word  # noqa: F401
from pressgen.validate import content, file, layout  # noqa: F401
