"""Turn a document into Word, PDF, web page and plain text.

Each format goes through the house's own template.
"""
