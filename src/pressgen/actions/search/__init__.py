"""The archive asked: which releases say what, and what all of them come to."""
