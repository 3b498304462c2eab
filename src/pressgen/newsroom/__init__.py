"""Build the newsroom from the releases that are public.

It is a static site with feeds and machine-readable files.
"""
