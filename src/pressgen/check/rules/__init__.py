"""The rules, one per file.

The docstring of a file is the rule's page of the manual. A file in this folder is registered; nothing else is needed.
"""
