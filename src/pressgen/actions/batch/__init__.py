"""Builds that many machines share.

Work packages of releases go out by an object store and the scheduler; built files come back.
"""
