"""Read a release or a house, or report every fault in it.

Each fault has its line and column.
"""
