"""From the bytes of a file to a release or a house, or to every fault in it with its line and column."""
