"""The ledger: who did what, when and why.

Entries are appended and never changed. It also keeps the files that people approved.
"""
