"""Turn a letterhead into a house's Word template.

The steps are in `adopt.py`, one module each. What is removed or added is recorded for the person who asked.
"""
