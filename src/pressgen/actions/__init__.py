"""The library's API: what a press office does.

Each module has one verb.
"""
