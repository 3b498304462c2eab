"""Distribution: what goes out, to whom, with which marks.

It also finds whose copy a file is.
"""
