"""Changes to what people have.

They move an embargo, correct a version, or withdraw a release.
"""
