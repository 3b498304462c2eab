"""Read embargo lines: when a text may be used, or why not."""
