"""A shorter way through WeasyPrint's import, for a command that runs for less than a second.

Half of the import goes into what a release never needs: parsing C declarations that are the same every time, and the
parts of fontTools that make subsets, which HarfBuzz does, or unpack fonts of the web. The declarations lie ready in
`weasy_abi`, made from exactly one text of WeasyPrint's; if that text is another, WeasyPrint parses its own as ever.
Those parts of fontTools come when they are called.
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
"""What the declarations in that source begin and end with."""
SELDOM = ("fontTools.subset", "fontTools.ttLib.woff2", "fontTools.varLib", "fontTools.varLib.instancer")


class _Declared(MetaPathFinder, InspectLoader):
    """Finds and loads `weasyprint.text.ffi` as `text`."""

    def __init__(self, text: str) -> None:
        self._text = text

    def find_spec(self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None) -> ModuleSpec | None:
        return spec_from_loader(name, self) if name == DECLARING else None

    def get_source(self, _name: str) -> str:
        return self._text

    def exec_module(self, module: ModuleType) -> None:
        """Run it; where a library is missing, it raises, and does not print a page of advice before."""
        vars(module)["print"] = _say_nothing
        super().exec_module(module)


def _say_nothing(*_words: object) -> None:
    pass


@contextmanager
def declared() -> Iterator[None]:
    """Meanwhile WeasyPrint takes its declarations ready made, where they are the known ones."""
    source = _source()
    if not source:
        yield
        return
    text = source.decode()
    if sha256(source).hexdigest() == KNOWN:
        head, _, rest = text.partition(OPENING)
        text = head + READY + rest.partition(CLOSING)[2]
    finder = _Declared(text)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


def _source() -> bytes:
    """The source of `weasyprint.text.ffi`; nothing where WeasyPrint lies otherwise than pip lays it."""
    package = find_spec(DECLARING.partition(".")[0])
    if package is None or not package.origin:
        return b""
    file = Path(package.origin).with_name("text") / "ffi.py"
    return file.read_bytes() if file.is_file() else b""


class _OnDemand(ModuleType):
    """Stands for a module of fontTools until something of it is used."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__: list[str] = []

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._true(), name)

    def instantiateVariableFont(self, *font: object, **limits: object) -> object:  # noqa: N802 - fontTools' name
        """The one function that WeasyPrint takes by name when it is imported."""
        return self._true().instantiateVariableFont(*font, **limits)

    def _true(self) -> ModuleType:
        _give_way()
        return import_module(self.__name__)


@contextmanager
def sparing() -> Iterator[None]:
    """Meanwhile the parts of fontTools that are seldom needed are not loaded before something of them is used."""
    sys.modules.update({name: _OnDemand(name) for name in SELDOM if name not in sys.modules})
    try:
        yield
    finally:
        _give_way()


def _give_way() -> None:
    for name in SELDOM:
        if isinstance(sys.modules.get(name), _OnDemand):
            del sys.modules[name]
