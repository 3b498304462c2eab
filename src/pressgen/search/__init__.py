"""The search index of the archive.

It knows which releases have which words, in SQLite or PostgreSQL; it is rebuilt whenever it is lost.
"""
