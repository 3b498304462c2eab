"""The engine: wakes the lift at its hour, keeps its place over crashes, and tries again what fails (DBOS Transact).

The engine knows references, revisions and instants, no word of a release: what is to be lifted, and whether it still
may be, stands in the ledger, and the acts that it calls read it there.
"""
