"""The library's API, one verb a file: what a press office does, in the order that it happens."""
