"""All that a worker needs, imported once in the process that workers are forked from."""

from __future__ import annotations

from contextlib import suppress

from pressgen.errors import MachineLacks

with suppress(MachineLacks):  # who orders a PDF is told then
    from pressgen.render import pdf  # noqa: F401
from pressgen.compose import document  # noqa: F401
from pressgen.desk.making import renew  # noqa: F401
from pressgen.load import house, release  # noqa: F401
from pressgen.render import page, plain, word  # noqa: F401
from pressgen.verify import file, layout, truth  # noqa: F401
