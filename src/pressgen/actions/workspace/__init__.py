"""The workspace: its folder, its office file and its ledger.

It also has the people who act, and a release's quotations.
"""
