"""The scheduler of lifts (DBOS Transact).

It lifts releases at their hour, keeps its place over crashes, and retries what fails.

The scheduler knows references, revisions and instants, and no words of a release. The ledger says what is to be lifted
and whether it still may be; the handlers that the scheduler calls read it there.
"""
