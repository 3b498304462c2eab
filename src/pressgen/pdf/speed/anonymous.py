"""Start styles of boxes without an element with all initial values.

WeasyPrint looks up each of them when it is first asked for, in six steps. Gain: about 1 ms. Depends on
`css.AnonymousStyle` and on the tables of `css.properties`.
"""

from __future__ import annotations

from typing import Any

from weasyprint.css import AnonymousStyle
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

stock = AnonymousStyle.__init__

PLAIN = {
    name: value
    for name, value in INITIAL_VALUES.items()
    if name not in INHERITED
    and name not in INITIAL_NOT_COMPUTED
    and name != "page"
    and not name.startswith(("__", "text_decoration_"))
}
"""The values that are the same for all such boxes."""


def initialise_style(self: Any, parent_style: Any) -> None:
    """Replace `AnonymousStyle.__init__`: start with the shared values."""
    self.update(PLAIN)
    stock(self, parent_style)


def install() -> None:
    """Install the patch: start anonymous styles with shared values."""
    AnonymousStyle.__init__ = initialise_style
