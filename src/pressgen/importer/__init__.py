"""Import old releases from text, Word, HTML or mail.

The result has the structure of `release.yaml`.
"""
