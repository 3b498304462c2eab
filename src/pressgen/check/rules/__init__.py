"""The rules, one a file: its docstring is its page of the manual, and being here is all that registers it."""
