"""Readers of a release from files of other programs: spreadsheets, delimited text, vCards."""
