"""The office of a workspace: its file, its ledger, who acts, and the words that a release puts in people's mouths."""
