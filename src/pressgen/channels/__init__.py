"""The channels for files and messages: folder, mail server, webhook.

Each adapter is one file, and is given values.
"""
