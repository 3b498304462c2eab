"""The archive's index: which releases have which words, in SQLite or PostgreSQL; made anew whenever it is lost."""
