"""Write the first `release.docx` of both houses; from then on they are changed in Word.

Run as `python -m houses.make` in `tests/`.
"""

from __future__ import annotations

from pathlib import Path

from houses import inspectorate, university
from houses.drawing import png_of
from houses.parts import bind

TEMPLATES = Path(__file__).parents[2] / "templates"

if __name__ == "__main__":
    for house in (inspectorate, university):
        folder = TEMPLATES / house.__name__.rpartition(".")[2]
        (folder / "release.docx").write_bytes(bind(house.base(png_of(folder / "logo.svg", 192))))
