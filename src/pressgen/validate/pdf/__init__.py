"""Check PDF files against PDF/UA-1, PDF/A and newsroom practice.

These are the machine-readable rules of PDF/UA-1 (ISO 14289-1), by the Matterhorn Protocol 1.02.
"""
