"""The terminal: options in, one call to the desk, lines and an exit code out."""

import gc

# Rubbish is looked for seldom: most of what a command makes, modules first of all, it needs to its end.
gc.set_threshold(100_000)
