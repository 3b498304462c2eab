"""The grid: planned times of releases.

It warns of what is odd, and gives the office a calendar.
"""
