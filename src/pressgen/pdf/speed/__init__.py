"""Patches that make WeasyPrint faster, with the same bytes.

Each module here replaces a few private functions of WeasyPrint or pydyf; its docstring names them and says what it
gains. `patches` lists them with the sources that each was written for, and installs one only if each of these is letter
by letter the same; otherwise, and with `PRESSGEN_STOCK=1`, WeasyPrint is left unchanged. `tests/pdf/speed` compares the
bytes of many odd documents with those of untouched WeasyPrint, and `pressgen doctor` those of a few.

Gains are of processor time. “Alone” means for a document that took untouched WeasyPrint 58 ms on a quiet machine. Other
gains are what is lost of 92 ms, where untouched WeasyPrint takes 174, when the patch is left out and all others are in
place.
"""
