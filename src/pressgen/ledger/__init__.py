"""The ledger: who did what when and why, appended and never changed; and the files that people put their names to."""
