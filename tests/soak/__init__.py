"""Long runs: `make soak` plays every module of `soak/runs/`, and the suite plays a short part of each.

A run is a module with four things. `tests/soak/test_soak.py` says which is missing.

    '''One line: what is played, and what may never happen.'''
    SIZE = 2000   # rounds that `make soak` plays
    SHORT = 5     # rounds that the suite plays
    def soak(size: int, seed: int) -> Result: ...

`soak` gives the same result for the same size and seed, as far as real processes allow. A fault names the seed and what
went wrong, so that it can be played again alone: `cd tests && ../.venv/bin/python -m soak NAME [SIZE [SEED]]`.
"""
