"""Replace a function of WeasyPrint in every module that imports it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def replace_everywhere(old: Callable[..., object], new: Callable[..., object]) -> None:
    """Replace a function in every module of WeasyPrint that imports it."""
    name = old.__name__
    for module_name, module in list(sys.modules.items()):
        if module_name.partition(".")[0] == "weasyprint" and getattr(module, name, None) is old:
            setattr(module, name, new)
