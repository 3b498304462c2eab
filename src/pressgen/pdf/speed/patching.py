"""Replacing a function of WeasyPrint wherever it goes by its name."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def everywhere(old: Callable[..., object], new: Callable[..., object]) -> None:
    """Let every module of WeasyPrint that has imported the function `old` by its name have `new`."""
    name = old.__name__
    for module_name, module in list(sys.modules.items()):
        if module_name.partition(".")[0] == "weasyprint" and getattr(module, name, None) is old:
            setattr(module, name, new)
