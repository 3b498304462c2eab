"""Remove metadata from pictures, without a change to their pixels."""
