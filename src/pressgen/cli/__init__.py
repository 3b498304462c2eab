"""The terminal: options in, one call to the desk, lines and an exit code out."""

import gc
import importlib.util
import sys

# Rubbish is looked for seldom: most of what a command makes, modules first of all, it needs to its end.
gc.set_threshold(100_000)


def _when_used(name: str) -> None:
    """Let a module of the standard library be run when something of it is first used, not when it is imported."""
    spec = importlib.util.find_spec(name)
    if spec is not None and spec.loader is not None and name not in sys.modules:
        spec.loader = importlib.util.LazyLoader(spec.loader)
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)


# pydantic imports it to look for plug-ins, which pressgen.model has switched off; it brings all of `email` along.
_when_used("importlib.metadata")
