"""The terminal interface.

A command reads its options, makes one call to `pressgen.actions`, and prints lines and an exit code.
"""

import gc

# Rubbish is looked for seldom: most of what a command makes, modules first of all, it needs to its end.
gc.set_threshold(100_000)
