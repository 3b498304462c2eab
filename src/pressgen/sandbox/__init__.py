"""A Jinja sandbox for templates from strangers, with counted work.

Jinja's own sandbox protects the program from a template, but not the machine: `'a' * 2000000000` takes two gigabytes,
and three nested loops a year. Here a template has only the operators, filters and methods that are listed, and a budget
of steps and characters. They are counted and not timed, so it fails at the same tag on every machine.
"""
