"""Statistics of an archive of releases.

They are figures, and a page with plots and tables of them.
"""
