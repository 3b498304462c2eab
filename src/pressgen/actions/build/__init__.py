"""Builds: one release, or many on all cores.

Unchanged releases are not built again.
"""
