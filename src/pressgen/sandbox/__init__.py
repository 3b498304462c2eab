"""Jinja for templates made by strangers: what a template may do is listed, and how much of it is counted.

Jinja's own sandbox keeps a template away from the program, not from the machine: `'a' * 2000000000` takes two
gigabytes, and three nested loops a year. Here a template has the operators, filters and methods that are listed, and a
budget of steps and characters. They are counted and not timed, so it fails at the same tag on every machine.
"""
