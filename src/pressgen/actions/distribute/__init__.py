"""Issue: what goes out, to whom, each copy with its mark, and whose copy a file is."""
