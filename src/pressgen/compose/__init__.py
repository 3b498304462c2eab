"""Compose a release and its house into a Document.

This sets order, attribution, marks, numbering and banner.
"""
