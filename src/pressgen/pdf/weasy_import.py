"""Import WeasyPrint faster, for commands that run under a second.

Half of the import goes into what a release never needs: parsing C declarations that are the same every time, and the
parts of fontTools that make subsets, which HarfBuzz does, or unpack fonts of the web. The declarations are ready in
`weasy_abi`, made from exactly one text of WeasyPrint's; if that text differs, WeasyPrint parses its own as usual. Those
parts of fontTools are imported when they are called.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from hashlib import sha256
from importlib import import_module
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.util import find_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.machinery import ModuleSpec

DECLARING = "weasyprint.text.ffi"
KNOWN = "530e83118f7841d2791678ece23d5e43a7a24150ee1ea64bb4ba70c70b3eb5da"
"""The SHA-256 of the source of `weasyprint.text.ffi` that `weasy_abi` is made from."""
READY = "from pressgen.pdf.weasy_abi import ffi\n"
OPENING, CLOSING = "import cffi\n", "''')\n"
"""The text before and after the declarations in that source."""
SELDOM = ("fontTools.subset", "fontTools.ttLib.woff2", "fontTools.varLib", "fontTools.varLib.instancer")


class _ReadySourceFinder(MetaPathFinder, InspectLoader):
    """An import hook that loads `weasyprint.text.ffi` from a given text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def find_spec(self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None) -> ModuleSpec | None:
        return spec_from_loader(name, self) if name == DECLARING else None

    def get_source(self, _name: str) -> str:
        return self._text

    def exec_module(self, module: ModuleType) -> None:
        """Run the module; raise an error if a library is missing.

        WeasyPrint would print a page of advice before it.
        """
        vars(module)["print"] = _say_nothing
        super().exec_module(module)


def _say_nothing(*_words: object) -> None:
    pass


@contextmanager
def use_ready_declarations() -> Iterator[None]:
    """Let WeasyPrint load ready-made C declarations if they match."""
    source = _read_source()
    if not source:
        yield
        return
    text = source.decode()
    if sha256(source).hexdigest() == KNOWN:
        head, _, rest = text.partition(OPENING)
        text = head + READY + rest.partition(CLOSING)[2]
    finder = _ReadySourceFinder(text)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


def _read_source() -> bytes:
    """Return the source of `weasyprint.text.ffi`; nothing if it is elsewhere."""
    package = find_spec(DECLARING.partition(".")[0])
    if package is None or not package.origin:
        return b""
    file = Path(package.origin).with_name("text") / "ffi.py"
    return file.read_bytes() if file.is_file() else b""


class _DeferredModule(ModuleType):
    """A stand-in for a fontTools module until it is used."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__: list[str] = []

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._true(), name)

    def instantiateVariableFont(self, *font: object, **limits: object) -> object:  # noqa: N802 - fontTools' name
        """Return the one function that WeasyPrint imports by name."""
        return self._true().instantiateVariableFont(*font, **limits)

    def _true(self) -> ModuleType:
        _remove_stand_ins()
        return import_module(self.__name__)


@contextmanager
def defer_fonttools() -> Iterator[None]:
    """Defer loading the rarely used parts of fontTools."""
    sys.modules.update({name: _DeferredModule(name) for name in SELDOM if name not in sys.modules})
    try:
        yield
    finally:
        _remove_stand_ins()


def _remove_stand_ins() -> None:
    for name in SELDOM:
        if isinstance(sys.modules.get(name), _DeferredModule):
            del sys.modules[name]
