"""Approval: submit, clear, approve.

Each ties a person to exact bytes.
"""
